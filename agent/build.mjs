import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Bundles the agent into one file that needs nothing but Node, and puts it with its installer where the server serves
 * both: `public/agent/evenkeel-agent.mjs` and `public/agent/install.sh`.
 *
 * @param {{ outDir?: string }} [options]
 * @returns {Promise<{ bundlePath: string, installerPath: string, version: string }>}
 */
export async function buildAgent({ outDir = join(root, "public", "agent") } = {}) {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const bundlePath = join(outDir, "evenkeel-agent.mjs");
  const installerPath = join(outDir, "install.sh");
  await mkdir(outDir, { recursive: true });
  await build({
    entryPoints: [join(root, "agent", "main.ts")],
    outfile: bundlePath,
    bundle: true,
    platform: "node",
    target: "node20.9",
    format: "esm",
    minifySyntax: true,
    minifyWhitespace: true,
    charset: "utf8",
    legalComments: "inline",
    banner: { js: "#!/usr/bin/env node" },
    define: { EVENKEEL_AGENT_VERSION: JSON.stringify(version) },
    logLevel: "warning",
  });
  await chmod(bundlePath, 0o755);
  await writeFile(installerPath, await readFile(join(root, "agent", "install.sh"), "utf8"), { mode: 0o755 });
  return { bundlePath, installerPath, version };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bundlePath, version } = await buildAgent();
  console.log(`${bundlePath} (${version})`);
}
