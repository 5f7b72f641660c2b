import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Figure } from "./figure";
import { startWarm } from "./product";

const SETTLE_MS = 30_000;

/** Resident memory of the server and of this machine's agent after half a minute of nothing; beside a bare Node. */
export async function run(): Promise<Figure[]> {
  const product = await startWarm();
  const node = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
  await wait(SETTLE_MS);
  const baseline = residentMb(node.pid);
  const figures = [
    figure("idle-memory server", residentMb(pidOf(`${product.folder}/.build/main.mjs`)), baseline, 400),
    figure("idle-memory agent", residentMb(pidOf(`${product.folder}/server/start/agent-child.mjs`)), baseline, 120),
  ];
  node.kill();
  await product.stop();
  return figures;
}

const figure = (name: string, value: number, baseline: number, goalMb: number): Figure => ({
  name,
  value,
  unit: "MB",
  baseline,
  ratio: value / baseline,
  goal: `≤ ${goalMb} MB, our own`,
  met: value <= goalMb,
});

function pidOf(argument: string): number {
  return Number(execFileSync("pgrep", ["-f", argument], { encoding: "utf8" }).trim().split("\n")[0]);
}

function residentMb(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}
