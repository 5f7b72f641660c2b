import type { Plan, PlannedAction } from "@/server/core/plan";
import type { ItemResolution } from "@/server/core/resolve";

/**
 * The decisions that a session for one item needs: the item's own, and those that forbid what it may need first
 * (ignored, uninstalled), so that a conflict is found as it is in a full session.
 */
export function narrowResolutions(resolutions: readonly ItemResolution[], itemId: number): ItemResolution[] {
  return resolutions.filter(
    (resolution) =>
      resolution.itemId === itemId ||
      resolution.winner?.desiredState === "ignored" ||
      resolution.winner?.desiredState === "uninstalled",
  );
}

/** The part of a plan that concerns one item: its actions, what they need first, and what configures it. */
export function narrowPlan(plan: Plan, itemId: number): Plan {
  const kept = new Set(plan.actions.filter((action) => action.itemId === itemId).map((action) => action.key));
  const belongs = (action: PlannedAction) =>
    kept.has(action.key) || (action.requiredByKey !== null && kept.has(action.requiredByKey));
  // Each pass reaches one step further along the chain of what is needed first.
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const action of plan.actions) {
      if (!belongs(action)) continue;
      kept.add(action.key);
      for (const key of action.dependsOn) kept.add(key);
    }
  }
  return {
    actions: plan.actions.filter((action) => kept.has(action.key)),
    compliant: plan.compliant.filter((action) => action.itemId === itemId),
  };
}
