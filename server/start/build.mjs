import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartProblem } from "./problem.mjs";

const SOURCES = [
  "app",
  "server",
  "db",
  "emails",
  "inngest",
  "agent",
  "public",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "tsconfig.json",
];
const GENERATED = new Set(["public/agent"]);

/** Builds the console, the server and the agent unless they are built from these very sources. */
export async function buildIfNeeded(root) {
  const stamp = join(root, ".build", "stamp");
  const wanted = hashSources(root);
  if (existsSync(stamp) && existsSync(join(root, ".next", "BUILD_ID")) && readFileSync(stamp, "utf8") === wanted)
    return false;
  console.log("  Building the console, the server and the agent (about a minute)…");
  mkdirSync(join(root, ".build"), { recursive: true });
  await buildServer(root);
  const next = spawnSync(process.execPath, [join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (next.status !== 0) {
    process.stderr.write(`${next.stdout}${next.stderr}`);
    throw new StartProblem("Building the console failed; what Next.js said is above.");
  }
  writeFileSync(stamp, wanted);
  return true;
}

/** Bundles the server's own process and the agent. Quick; `npm run dev` needs only this. */
export async function buildServer(root) {
  const { build } = await import("esbuild");
  const { buildAgent } = await import("../../agent/build.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: { main: "server/main.ts", "pglite-server": "server/start/pglite-server.ts" },
    outdir: ".build",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    jsx: "automatic",
    sourcemap: "linked",
    logLevel: "error",
  });
  await buildAgent();
}

function hashSources(root) {
  const hash = createHash("sha256");
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full) || GENERATED.has(path)) return;
    const entries = readdirOrNull(full);
    if (entries === null) hash.update(`${path}\0`).update(readFileSync(full));
    else for (const entry of entries.sort()) visit(`${path}/${entry}`);
  };
  for (const source of SOURCES) visit(source);
  return hash.digest("hex");
}

function readdirOrNull(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === "ENOTDIR") return null;
    throw error;
  }
}
