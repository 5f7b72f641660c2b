import type { Prerequisite } from "../order/types";
import type { ItemResolution } from "../resolve/types";
import type { Plan, PlanInput } from "./types";

/** The plan of a session: every action with its reason, in the order in which it runs. */
export function planSession(input: PlanInput): Plan {
  throw new Error(`not written yet: ${input.items.size}`);
}

/** Ids of the items to detect, ascending: those with a winner, and recursively what they need first. */
export function requiredItems(
  resolutions: readonly ItemResolution[],
  prerequisites: readonly Prerequisite[],
): number[] {
  throw new Error(`not written yet: ${resolutions.length} ${prerequisites.length}`);
}
