import { spawn } from "node:child_process";
import { join } from "node:path";
import { findFreePort } from "../harness/product";
import type { Figure } from "./figure";
import { startWarm } from "./product";

const RUNS = 3;
const GOAL_S = 5;

/** From the command to "ready", on a machine where it ran before; beside a bare `next start` of the same build. */
export async function run(): Promise<Figure[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let count = 0; count < RUNS; count += 1) {
    const product = await startWarm();
    ours.push(product.startedInMs / 1000);
    await product.stop();
    bare.push(await startNext(product.folder));
  }
  const value = median(ours);
  const baseline = median(bare);
  return [
    {
      name: "start-warm",
      value,
      unit: "s",
      baseline,
      ratio: value / baseline,
      goal: `≤ ${GOAL_S} s`,
      met: value <= GOAL_S,
    },
  ];
}

async function startNext(folder: string): Promise<number> {
  const startedAt = performance.now();
  const port = await findFreePort();
  const child = spawn(
    process.execPath,
    [join(folder, "node_modules/next/dist/bin/next"), "start", "-p", String(port), "-H", "127.0.0.1"],
    { cwd: folder, env: { ...process.env, NODE_ENV: "production" }, stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      if (String(chunk).includes("Ready")) resolve();
    });
  });
  const seconds = (performance.now() - startedAt) / 1000;
  child.kill();
  return seconds;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
