import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const folders = ["app", "server", "db", "emails", "inngest", "agent"];

function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === "db/migrations" ? [] : listFiles(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : [];
  });
}

interface Import {
  readonly file: string;
  /** A path from the root without its ending, or a package's name. */
  readonly target: string;
  readonly typeOnly: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\w*\s{},$]+\s+from\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

function readImports(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(IMPORT)].map((match) => {
    const named = match[3] ?? match[4] ?? "";
    const target = named.startsWith("@/")
      ? named.slice(2)
      : named.startsWith(".")
        ? normalize(join(dirname(file), named)).replaceAll("\\", "/")
        : named;
    return { file, target: target.replace(/\.(ts|tsx|mjs|js)$/, ""), typeOnly: match[2] !== undefined };
  });
}

const files = folders.flatMap(listFiles);
const sources = files.filter((file) => !/\.test\.tsx?$/.test(file));
const imports = sources.flatMap(readImports);
const within = (path: string, ...places: string[]) =>
  places.some((place) => path === place || path.startsWith(`${place}/`));
const isProject = (target: string) => within(target, ...folders);

/** Imports that break a rule, one a line. */
function offenders(rule: (each: Import) => boolean): string[] {
  return imports.filter(rule).map((each) => `${each.file} → ${each.target}`);
}

describe("imports run one way", () => {
  it("the core imports itself, zod, the wire schemas and one time library, nothing else", () => {
    const allowed = ["server/core", "server/agents/wire", "zod", "@js-temporal/polyfill", "rrule-temporal", "croner"];
    expect(offenders(({ file, target }) => within(file, "server/core") && !within(target, ...allowed))).toEqual([]);
  });

  it("mail templates and the agent import neither server, but the wire schemas, nor db", () => {
    expect(
      offenders(
        ({ file, target }) =>
          within(file, "emails", "agent") &&
          within(target, "server", "db", "app", "inngest") &&
          target !== "server/agents/wire",
      ),
    ).toEqual([]);
  });

  it("only services, agents, ports, mail, auth, the engine and db know drizzle", () => {
    const allowed = ["server/services", "server/agents", "server/ports", "server/auth", "inngest/embedded", "db"];
    expect(offenders(({ file, target }) => within(target, "drizzle-orm") && !within(file, ...allowed))).toEqual([]);
  });

  it("pages, routers and durable functions reach the database only through services", () => {
    expect(
      offenders(
        ({ file, target, typeOnly }) =>
          within(file, "app", "server/trpc", "inngest/functions") && within(target, "db") && !typeOnly,
      ),
    ).toEqual([]);
  });

  it("services know nothing of routers, pages or functions", () => {
    expect(
      offenders(
        ({ file, target }) =>
          within(file, "server/services", "server/core", "db") &&
          within(target, "app", "server/trpc", "inngest/functions"),
      ),
    ).toEqual([]);
  });

  it("client components take only types from server, db and inngest", () => {
    const clientFiles = new Set(
      sources.filter(
        (file) => within(file, "app") && /^["']use client["']/.test(readFileSync(join(root, file), "utf8")),
      ),
    );
    expect(
      offenders(
        ({ file, target, typeOnly }) =>
          clientFiles.has(file) &&
          !typeOnly &&
          within(target, "server", "db", "inngest") &&
          !within(target, "server/core"),
      ),
    ).toEqual([]);
  });

  it("no file imports itself in a circle", () => {
    const graph = new Map<string, string[]>();
    const known = new Map(sources.flatMap((file) => [[file.replace(/\.(ts|tsx|mjs)$/, ""), file] as const]));
    const resolve = (target: string) => known.get(target) ?? known.get(`${target}/index`);
    for (const { file, target, typeOnly } of imports) {
      const found = isProject(target) && !typeOnly ? resolve(target) : undefined;
      // Tables name each other's columns lazily, as foreign keys do.
      if (found && !within(found, "db/schema")) graph.set(file, [...(graph.get(file) ?? []), found]);
    }
    expect(findCycle(graph)).toBeNull();
  });
});

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | null => {
    if (done.has(file)) return null;
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return null;
}

describe("the core is pure", () => {
  const core = sources.filter((file) => within(file, "server/core"));
  const forbidden: [string, RegExp][] = [
    ["a clock", /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|Temporal\.Now\b/],
    ["randomness", /\bMath\.random\b|\brandomUUID\b/],
    ["async", /\basync\b|\bawait\b|\bPromise\b/],
    ["the environment", /\bprocess\.env\b/],
    ["console output", /\bconsole\./],
  ];
  it.each(forbidden)("it has no %s", (_what, pattern) => {
    expect(core.filter((file) => pattern.test(withoutComments(readFileSync(join(root, file), "utf8"))))).toEqual([]);
  });
});

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");

describe("services", () => {
  const verbs = sources.filter((file) => within(file, "server/services"));

  const code = new Map(verbs.map((file) => [file, withoutComments(readFileSync(join(root, file), "utf8"))]));

  /** Whether a file writes the audit log, itself or through a helper beside it. */
  function audits(file: string, seen = new Set<string>()): boolean {
    if (seen.has(file)) return false;
    seen.add(file);
    if (/\baudit(?:All)?\(|recordsNoChange\(/.test(code.get(file) ?? "")) return true;
    return imports
      .filter((each) => each.file === file && !each.typeOnly && dirname(each.target) !== "server/services")
      .some((each) => audits(`${each.target}.ts`, seen));
  }

  it("authorise and audit wherever they open a transaction", () => {
    const careless = verbs.filter((file) => {
      if (/transaction\.ts$/.test(file)) return false;
      const text = code.get(file) ?? "";
      return /\bwithTransaction\(/.test(text) && !(/\bauthorize\w*\(/.test(text) && audits(file));
    });
    expect(careless).toEqual([]);
  });

  it("use the transaction frame, never the driver's own", () => {
    expect(
      sources.filter(
        (file) =>
          within(file, "server", "app", "inngest/functions") &&
          file !== "server/services/transaction.ts" &&
          /\.transaction\(/.test(withoutComments(readFileSync(join(root, file), "utf8"))),
      ),
    ).toEqual([]);
  });
});

describe("the code", () => {
  it("has no any, no ignored type errors, no disabled lint", () => {
    const bad = /\bas any\b|: any\b|<any>|@ts-(?:ignore|expect-error|nocheck)/;
    const disabled = /biome-ignore|eslint-disable/;
    const offending = files.filter((file) => {
      const text = readFileSync(join(root, file), "utf8");
      return (
        disabled.test(text) || (/\.tsx?$/.test(file) && bad.test(withoutComments(text).replaceAll(/"[^"\n]*"/g, '""')))
      );
    });
    expect(offending).toEqual([]);
  });

  it("keeps route handlers thin", () => {
    const thick = sources.filter(
      (file) => /^app\/.*\/route\.ts$/.test(file) && readFileSync(join(root, file), "utf8").split("\n").length > 45,
    );
    expect(thick).toEqual([]);
  });
});

describe("the documents", () => {
  const eventNames = readFileSync(join(root, "inngest/events.ts"), "utf8");
  const documents = ["README.md", ...listDocuments("docs")];

  it.each(documents)("%s names only paths and commands that exist", (document) => {
    const text = readFileSync(join(root, document), "utf8");
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const missing = [...text.matchAll(/`([^`\n]+)`/g)]
      .map((match) => match[1] ?? "")
      .filter((code) => {
        const command = /^npm run ([a-z:-]+)/.exec(code)?.[1] ?? /^npm (start|test)\b/.exec(code)?.[1];
        if (command) return !(command in scripts);
        if (eventNames.includes(`"${code}"`)) return false;
        if (!/^(app|server|db|emails|inngest|agent|tests|docs|\.ci)\/[\w./()[\]-]+$/.test(code)) return false;
        return !exists(code.replace(/\/$/, ""));
      });
    expect(missing).toEqual([]);
  });

  it("link only to files that exist", () => {
    const broken = documents.flatMap((document) =>
      [...readFileSync(join(root, document), "utf8").matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)]
        .map((match) => join(dirname(document), match[1] ?? ""))
        .filter((target) => !exists(target))
        .map((target) => `${document} → ${target}`),
    );
    expect(broken).toEqual([]);
  });
});

function listDocuments(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? listDocuments(path) : entry.name.endsWith(".md") ? [path] : [];
  });
}

function exists(path: string): boolean {
  try {
    statSync(join(root, relative(root, join(root, path))));
    return true;
  } catch {
    return false;
  }
}
