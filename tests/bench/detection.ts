import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { deployments, items, scripts, scriptVersions, sessions, software } from "@/db/schema";
import type { DetectionRule } from "@/server/core/items";
import { startSession } from "@/server/services/sessions/start-session";
import { type Stack, startStack } from "../harness/stack";
import type { Figure } from "./figure";

const ITEMS = 50;
const ROUNDS = 9;
const platform = { osFamily: "linux", packageManager: "apt" } as const;

/** How one of the fifty items is detected. */
export type MakeDetection = (stack: Stack, packageName: string) => Promise<DetectionRule["method"]>;

/**
 * From "run detection" to the plan saved, through server, stream and real agent, for fifty installed packages; beside
 * fifty bare `dpkg-query` processes one after the other. Rounds alternate; medians count.
 */
export async function measureDetection(
  name: string,
  goalRatio: number,
  makeDetection: MakeDetection,
): Promise<Figure[]> {
  const packages = execFileSync("dpkg-query", ["-W", "-f", "${Package}\\n"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => /^[a-z0-9][a-z0-9+.-]*$/.test(line))
    .slice(0, ITEMS);
  const stack = await startStack();
  try {
    const { computerId } = await stack.connectAgent();
    for (const each of packages) await declare(stack, computerId, each, await makeDetection(stack, each));
    await detect(stack, computerId);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(askOneByOne(packages));
      ours.push(await detect(stack, computerId));
    }
    const value = median(ours);
    const baseline = median(bare);
    const ratio = value / baseline;
    return [{ name, value, unit: "ms", baseline, ratio, goal: `ratio ≤ ${goalRatio}`, met: ratio <= goalRatio }];
  } finally {
    await stack.stop();
  }
}

/** A script whose value is the version of `packageName`. */
export async function makeVersionScript(stack: Stack, packageName: string): Promise<number> {
  const { db } = stack.runtime.database;
  const body = `dpkg-query -W -f='"\${Version}"' ${packageName}`;
  const createdAt = stack.runtime.clock.now();
  const [script] = await db
    .insert(scripts)
    .values({ origin: "mine", slug: `version-of-${packageName}`, name: `Version of ${packageName}`, createdAt })
    .returning();
  if (!script) throw new Error("The script was not inserted");
  await db.insert(scriptVersions).values({
    scriptId: script.id,
    number: 1,
    language: "bash",
    context: "system",
    body,
    bodySha256: createHash("sha256").update(body).digest("hex"),
    timeoutSeconds: 60,
    createdAt,
  });
  return script.id;
}

async function declare(stack: Stack, computerId: number, packageName: string, method: DetectionRule["method"]) {
  const { db } = stack.runtime.database;
  const now = stack.runtime.clock.now();
  const [item] = await db
    .insert(items)
    .values({
      kind: "software",
      origin: "mine",
      slug: packageName,
      name: packageName,
      platforms: [platform],
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  if (!item) throw new Error("The item was not inserted");
  await db
    .insert(software)
    .values({ itemId: item.id, detections: [{ platform, method }], versionSource: "repository" });
  await db.insert(deployments).values({
    origin: "mine",
    itemId: item.id,
    desiredState: "installed-any",
    scope: "individual",
    targetType: "computer",
    targetId: computerId,
    deviceClass: "any",
    targetKey: `computer:${computerId}`,
    createdAt: now,
    updatedAt: now,
  });
}

/** Milliseconds until the session's plan is in the database. */
async function detect(stack: Stack, computerId: number): Promise<number> {
  const { runtime } = stack;
  const startedAt = performance.now();
  const { sessionId } = await startSession({
    ctx: runtime.systemContext("bench"),
    input: { computerId, kind: "detection-only" },
  });
  return new Promise((resolve, reject) => {
    const look = async () => {
      const [row] = await runtime.database.db
        .select({
          planFrozenAt: sessions.planFrozenAt,
          status: sessions.status,
          reason: sessions.statusReason,
          endedAt: sessions.endedAt,
        })
        .from(sessions)
        .where(eq(sessions.id, sessionId));
      const elapsedMs = performance.now() - startedAt;
      if (row?.status === "failed") reject(new Error(`The session failed: ${row.reason}`));
      if (row?.planFrozenAt) planned ??= elapsedMs;
      if (!row?.endedAt || planned === null) return;
      stop();
      resolve(planned);
    };
    let planned: number | null = null;
    const stop = runtime.signals.subscribe((signal) => {
      if (signal.channel === "sessions" && signal.sessionId === sessionId) look().catch(reject);
    });
  });
}

function askOneByOne(packages: readonly string[]): number {
  const startedAt = performance.now();
  for (const each of packages) spawnSync("dpkg-query", ["-W", "-f", "${Status} ${Version}", each]);
  return performance.now() - startedAt;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
