import {
  type IndexedComputer,
  indexDeployments,
  internKeys,
  resolveComputer,
  resolveIndexed,
} from "@/server/core/resolve";
import { compileComputerKeys } from "@/server/core/targets";
import type { Figure } from "./figure";
import { COMPUTERS, type Fleet, makeFleet } from "./resolve-world";

const NOW = Date.UTC(2026, 5, 1);
const GOAL_MS = 3000;
const GOAL_MB = 1024;
/** Computers whose winners are checked against the full resolver, and by which its cost is known. */
const SAMPLE = 200;

/**
 * Winners for the whole fleet, from target keys to deployments; beside two bare ways in the same run: walking the
 * index without deciding anything, and testing every deployment against every computer's set of keys.
 */
export async function run(): Promise<Figure[]> {
  const fleet = makeFleet(20_260_601);
  const index = indexDeployments(fleet.deployments, fleet.items, NOW);
  const compiling = process.hrtime.bigint();
  const computers = Array.from({ length: COMPUTERS }, (_, at): IndexedComputer => {
    const keys = compileComputerKeys(fleet.factsAt(at)).map((evidence) => evidence.key);
    return { ...fleet.computerAt(at), keyIds: internKeys(index, keys) };
  });
  const compileMs = since(compiling);

  let winners = 0;
  const resolving = process.hrtime.bigint();
  for (const computer of computers) winners += resolveIndexed(index, computer, "normal").length;
  const resolveMs = since(resolving);
  const memoryMb = process.memoryUsage().rss / 1024 / 1024;
  if (winners < COMPUTERS) throw new Error(`Only ${winners} winners: the fleet is not believable.`);

  const joinMs = walkIndex(index.byKey, computers);
  const testMs = testEveryDeployment(fleet, index.keyIds, computers);
  checkSample(fleet, computers, index);
  const figure = (name: string, value: number, unit: string, baseline: number | null, goal: string, met: boolean) => ({
    name,
    value,
    unit,
    baseline,
    ratio: baseline === null ? null : value / baseline,
    goal,
    met,
  });
  return [
    figure("resolve-fleet", resolveMs, "ms", joinMs, `≤ ${GOAL_MS} ms; bare index walk`, resolveMs <= GOAL_MS),
    figure("resolve-fleet-each", resolveMs, "ms", testMs, "ratio < 1; every deployment tried", resolveMs < testMs),
    figure("resolve-fleet-memory", memoryMb, "MB", null, `≤ ${GOAL_MB} MB`, memoryMb <= GOAL_MB),
    figure(
      "resolve-fleet-keys",
      (compileMs * 1000) / COMPUTERS,
      "µs/computer",
      null,
      "≤ 200 µs",
      compileMs <= COMPUTERS / 5,
    ),
  ];
}

const since = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e6;

/** Visits what the keys of each computer lead to, and does nothing with it. */
function walkIndex(byKey: readonly Int32Array[], computers: readonly IndexedComputer[]): number {
  const start = process.hrtime.bigint();
  let sum = 0;
  for (const computer of computers) {
    for (const keyId of computer.keyIds) for (const position of byKey[keyId] ?? []) sum += position;
  }
  if (sum === 0) throw new Error("Nothing was visited.");
  return since(start);
}

function testEveryDeployment(
  fleet: Fleet,
  keyIds: ReadonlyMap<string, number>,
  computers: readonly IndexedComputer[],
): number {
  const wanted = fleet.deployments.map((deployment) => keyIds.get(deployment.targetKey) ?? -1);
  const start = process.hrtime.bigint();
  let hits = 0;
  for (const computer of computers) {
    const held = new Set(computer.keyIds);
    for (const keyId of wanted) if (held.has(keyId)) hits++;
  }
  if (hits === 0) throw new Error("Nothing was hit.");
  return since(start);
}

/** The fast path has to give what the full resolver gives. */
function checkSample(fleet: Fleet, computers: readonly IndexedComputer[], index: ReturnType<typeof indexDeployments>) {
  for (let at = 0; at < COMPUTERS; at += COMPUTERS / SAMPLE) {
    const computer = computers[at];
    if (computer === undefined) continue;
    const resolved = resolveComputer({
      computer,
      keys: compileComputerKeys(fleet.factsAt(at)),
      deployments: fleet.deployments,
      items: fleet.items,
      phase: "normal",
      nowMs: NOW,
    });
    const slow = resolved.flatMap(({ winner }) => winner?.id ?? []);
    const fast = resolveIndexed(index, computer, "normal").map((winner) => winner.id);
    if (String(slow) !== String(fast))
      throw new Error(`Computer ${computer.id} resolves differently on the fast path.`);
  }
}
