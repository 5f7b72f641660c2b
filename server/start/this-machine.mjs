import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { startChild } from "./child.mjs";

const LARGEST_LOG_BYTES = 10 * 1024 * 1024;

/** Opens a log to append to; one that has grown large is put aside first, one generation kept. */
export function openLog(dataFolder, name) {
  const folder = join(dataFolder, "logs");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  if (existsSync(path) && statSync(path).size > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, "a", 0o600);
}

const agentBundle = (root) => join(root, "public", "agent", "evenkeel-agent.mjs");

/** Enrols this machine through the real agent. Returns a sentence on failure, null on success. */
export function enrollThisMachine({ root, stateFolder, url, key }) {
  const result = spawnSync(
    process.execPath,
    [agentBundle(root), "enroll", "--server", url, "--key", key, "--state", stateFolder],
    { encoding: "utf8" },
  );
  return result.status === 0 ? null : (result.stderr || result.stdout || "the agent could not be started").trim();
}

/** Runs this machine's agent until `stop`. */
export function startAgent({ root, dataFolder, stateFolder }) {
  const log = openLog(dataFolder, "agent");
  return startChild(
    join(root, "server", "start", "agent-child.mjs"),
    [agentBundle(root), "run", "--state", stateFolder],
    { cwd: root, env: process.env, name: "The agent", logFile: log },
  ).finally(() => closeSync(log));
}
