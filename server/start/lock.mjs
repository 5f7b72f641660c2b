import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartProblem } from "./problem.mjs";

/** One supervisor a folder: two would fight over the database. Returns what gives the folder free again. */
export function lockFolder(dataFolder) {
  const path = join(dataFolder, "supervisor.pid");
  const holder = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
  if (holder > 0 && holder !== process.pid && isSupervisor(holder)) {
    throw new StartProblem(
      `Evenkeel already runs from this folder (process ${holder}); stop it first, or use what runs.`,
    );
  }
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}

function isSupervisor(pid) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const path = `/proc/${pid}/cmdline`;
  return existsSync(path) ? /server\/start\/(start|dev)\.mjs/.test(readFileSync(path, "utf8")) : true;
}
