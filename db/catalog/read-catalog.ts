import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { z } from "zod";
import {
  type CatalogSoftware,
  type CatalogTask,
  catalogSoftware,
  catalogTask,
  type ScriptHeader,
  scriptHeader,
} from "./schema";

export interface CatalogScript {
  readonly slug: string;
  readonly language: "bash" | "powershell";
  readonly body: string;
  readonly header: ScriptHeader;
}

export interface Catalog {
  readonly software: ReadonlyMap<string, CatalogSoftware>;
  readonly tasks: ReadonlyMap<string, CatalogTask>;
  /** By file name. */
  readonly scripts: ReadonlyMap<string, CatalogScript>;
  /** Changes when anything in it does. */
  readonly hash: string;
}

/** Reads and checks the catalogue in `folder`. Throws one sentence naming the file and what is wrong with it. */
export async function readCatalog(folder: string): Promise<Catalog> {
  const hash = createHash("sha256");
  const software = await readJsonFolder(join(folder, "software"), catalogSoftware, hash);
  const tasks = await readJsonFolder(join(folder, "tasks"), catalogTask, hash);
  const scripts = await readScripts(join(folder, "scripts"), hash);
  for (const [slug, item] of software) {
    for (const named of namedBySoftware(item)) requireScript(scripts, named, `software/${slug}.json`);
    if (item.configuration !== undefined && !tasks.has(item.configuration)) {
      throw new Error(
        `The catalogue's software/${slug}.json names the task ${item.configuration}, which is not there.`,
      );
    }
  }
  for (const [slug, task] of tasks) {
    for (const each of task.scripts) {
      for (const named of [each.test, each.set, each.get])
        if (named) requireScript(scripts, named, `tasks/${slug}.json`);
    }
  }
  return { software, tasks, scripts, hash: hash.digest("hex") };
}

function namedBySoftware(item: CatalogSoftware): string[] {
  return [
    ...item.detections.flatMap(({ method }) => (method.kind === "script" ? [method.script] : [])),
    ...item.installers.flatMap((each) => (each.kind === "script" ? [each.install, each.uninstall ?? []].flat() : [])),
    ...(item.test === undefined ? [] : [item.test]),
  ];
}

function requireScript(scripts: ReadonlyMap<string, CatalogScript>, name: string, where: string) {
  if (!scripts.has(name)) throw new Error(`The catalogue's ${where} names scripts/${name}, which is not there.`);
}

async function readJsonFolder<T extends z.ZodType>(folder: string, schema: T, hash: ReturnType<typeof createHash>) {
  const found = new Map<string, z.infer<T>>();
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".json")).sort()) {
    const text = await readFile(join(folder, file), "utf8");
    hash.update(`${folder.split(/[\\/]/).at(-1)}/${file}\0${text}\0`);
    let parsed: z.ZodSafeParseResult<z.infer<T>>;
    try {
      parsed = schema.safeParse(JSON.parse(text));
    } catch (error) {
      throw new Error(`The catalogue's ${file} is not JSON: ${error instanceof Error ? error.message : error}.`);
    }
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`);
      throw new Error(`The catalogue's ${file} is wrong: ${problems.join("; ")}.`);
    }
    found.set(basename(file, ".json"), parsed.data);
  }
  return found;
}

const HEADER = /^# evenkeel: timeout=(\d+) context=(system|user)( elevated)?$/;

async function readScripts(folder: string, hash: ReturnType<typeof createHash>) {
  const found = new Map<string, CatalogScript>();
  for (const file of (await readdir(folder)).filter((name) => /\.(sh|ps1)$/.test(name)).sort()) {
    const text = (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n");
    hash.update(`scripts/${file}\0${text}\0`);
    const [firstLine = "", ...rest] = text.split("\n");
    const match = HEADER.exec(firstLine);
    if (!match) {
      throw new Error(
        `The catalogue's scripts/${file} must begin with "# evenkeel: timeout=<seconds> context=<system|user> [elevated]".`,
      );
    }
    const header = scriptHeader.parse({
      timeoutSeconds: match[1],
      context: match[2],
      requiresElevation: match[3] !== undefined,
    });
    found.set(file, {
      slug: file.replace(/\.(sh|ps1)$/, ""),
      language: file.endsWith(".ps1") ? "powershell" : "bash",
      body: rest.join("\n"),
      header,
    });
  }
  return found;
}
