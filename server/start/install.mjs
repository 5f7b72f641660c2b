import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartProblem } from "./problem.mjs";

/** Installs the packages of package-lock.json unless these very ones are installed. Says so when it does. */
export function installPackages(root) {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".evenkeel-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (looksInstalled(root)) {
    writeFileSync(stamp, wanted);
    return;
  }
  // Not `npm ci`: it refuses the lock file where a registry's copy lacks the binaries of other systems.
  console.log("  Installing packages (once, about a minute)…");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "development" },
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    throw new StartProblem(
      "Installing the packages failed; what npm said is above. Check the network and run the command again.",
    );
  }
  writeFileSync(stamp, wanted);
}

/** True when `npm install` was run by hand for the same lock file: npm leaves a copy of what it installed. */
function looksInstalled(root) {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const { packages: have } = JSON.parse(readFileSync(installed, "utf8"));
  const { packages: want } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(want).every(
    ([path, { version, optional }]) => path === "" || have[path]?.version === version || (optional && !have[path]),
  );
}
