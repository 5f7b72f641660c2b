import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { MARKER_VARIABLE, type ProcessTree } from "../platform";

type Process = { pid: number; parent: number; group: number; session: number };

/**
 * Everything that belongs to a tree: its process group, its session, all descendants, and whatever carries its marker
 * in the environment, which also finds processes that left the group, the session and their parents (daemons).
 */
function findMembers(pids: readonly number[], isMarked: (marker: string) => boolean): number[] {
  const processes = listProcesses();
  const members = new Set<number>();
  for (const process of processes) {
    if (pids.includes(process.pid) || pids.includes(process.group) || pids.includes(process.session)) {
      members.add(process.pid);
    } else if (readMarkers(process.pid).some(isMarked)) {
      members.add(process.pid);
    }
  }
  for (let grew = true; grew; ) {
    grew = false;
    for (const process of processes) {
      if (members.has(process.parent) && !members.has(process.pid)) {
        members.add(process.pid);
        grew = true;
      }
    }
  }
  members.delete(process.pid);
  return [...members];
}

function listProcesses(): Process[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The command in parentheses may hold spaces and parentheses: fields count from the last one.
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z" || fields[0] === "X") return [];
      return [{ pid: Number(name), parent: Number(fields[1]), group: Number(fields[2]), session: Number(fields[3]) }];
    } catch {
      return [];
    }
  });
}

/** A variable can be in an environment twice. */
function readMarkers(pid: number): string[] {
  try {
    const prefix = `${MARKER_VARIABLE}=`;
    const environment = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
    return environment.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
  } catch {
    return [];
  }
}

async function kill(pids: readonly number[], isMarked: (marker: string) => boolean, graceMs: number): Promise<void> {
  const signal = (name: NodeJS.Signals) => {
    const members = findMembers(pids, isMarked);
    for (const pid of members) {
      try {
        process.kill(pid, name);
      } catch {}
    }
    return members.length;
  };
  if (signal("SIGTERM") === 0) return;
  const until = Date.now() + graceMs;
  while (Date.now() < until) {
    await sleep(25);
    if (findMembers(pids, isMarked).length === 0) return;
  }
  // A tree that forks while it is killed can outrun one pass.
  for (let pass = 0; pass < 200 && signal("SIGKILL") > 0; pass++) await sleep(10);
}

export function killTree(tree: ProcessTree, graceMs: number): Promise<void> {
  return kill([tree.pid], (marker) => tree.markers.includes(marker), graceMs);
}

export function killMarked(markerPrefix: string, graceMs: number): Promise<void> {
  return kill([], (marker) => marker.startsWith(markerPrefix), graceMs);
}
