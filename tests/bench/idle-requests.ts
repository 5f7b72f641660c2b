import { setTimeout as wait } from "node:timers/promises";
import { startStack } from "../harness/stack";
import type { Figure } from "./figure";

const OBSERVED_S = 60;
/** The agent looks at its own facts this often, and asks the server only when they changed. */
const DAY_S = 24 * 3600;
const GOAL = 200;

/**
 * Requests of an idle agent in a day, from what reaches the server in a minute after it has settled. One every minute
 * would be 1,440, which is the baseline: the least that polling for work would cost.
 */
export async function run(): Promise<Figure[]> {
  const stack = await startStack();
  try {
    await stack.connectAgent();
    await wait(5_000);
    const before = stack.requests.length;
    await wait(OBSERVED_S * 1000);
    const value = ((stack.requests.length - before) * DAY_S) / OBSERVED_S;
    const baseline = DAY_S / 60;
    return [
      {
        name: "idle-requests",
        value,
        unit: "a day",
        baseline,
        ratio: value / baseline,
        goal: `≤ ${GOAL} a day`,
        met: value <= GOAL,
      },
    ];
  } finally {
    await stack.stop();
  }
}
