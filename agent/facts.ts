import { isDeepStrictEqual } from "node:util";
import type { MachineFacts } from "../server/agents/wire";
import type { Platform } from "./platform/platform";
import type { Interpreters } from "./scripts/interpreters";
import { agentVersion } from "./version";

/** Everything the protocol wants to know of this machine, read now. */
export async function readFacts(platform: Platform, interpreters: Interpreters): Promise<MachineFacts> {
  const [system, proved] = await Promise.all([platform.readFacts(), interpreters.list()]);
  return { ...system, interpreters: proved, agentVersion };
}

/** The boot time is computed from the clock and wanders by a second or two when the clock is corrected. */
const BOOT_TOLERANCE_MS = 10_000;

export function sameFacts(left: MachineFacts, right: MachineFacts): boolean {
  const { bootedAt: leftBoot, ...leftRest } = left;
  const { bootedAt: rightBoot, ...rightRest } = right;
  const sameBoot =
    leftBoot === null || rightBoot === null
      ? leftBoot === rightBoot
      : Math.abs(Date.parse(leftBoot) - Date.parse(rightBoot)) <= BOOT_TOLERANCE_MS;
  return sameBoot && isDeepStrictEqual(leftRest, rightRest);
}
