import { canonicalJson } from "../canonical-json";
import type { Plan, PlannedAction } from "./types";

/** The plan as canonical JSON text: equal plans, equal text. A service hashes it. */
export function canonicalPlan(plan: Plan): string {
  return canonicalJson(plan);
}

/** A frozen plan judged again right before execution; keys of actions. */
export interface PlanVerification {
  /** Still to do, in the frozen order. */
  readonly keep: readonly string[];
  /** Announced, and no longer needed. */
  readonly nowCompliant: readonly string[];
  /** Needed now, and never announced: not run in this session. */
  readonly notAnnounced: readonly string[];
  /** Of `keep`: what was announced as something to run, and would fail by now, with the sentence that says why. */
  readonly nowFailing: readonly { readonly key: string; readonly sentence: string }[];
}

/**
 * What of an announced plan is still to be done. An action runs as it was announced: a newer version that came out
 * since does not change it. Planned failures stay as they were announced. An item that can no longer be judged is not
 * called compliant: its action stays, and fails.
 */
export function verifyPlan(frozen: readonly PlannedAction[], fresh: Plan): PlanVerification {
  const needed = new Map(fresh.actions.map((action) => [action.key, action]));
  const failing = new Map(
    fresh.actions.filter((action) => action.failsWith !== null).map((action) => [action.itemId, action]),
  );
  const announced = new Set(frozen.map((action) => action.key));
  const isKept = (action: PlannedAction): boolean =>
    action.failsWith !== null || needed.has(action.key) || failing.has(action.itemId);
  const keptItems = new Set(frozen.filter(isKept).map((action) => action.itemId));
  return {
    keep: frozen.filter(isKept).map((action) => action.key),
    nowCompliant: frozen.filter((action) => !isKept(action)).map((action) => action.key),
    notAnnounced: fresh.actions
      .filter((action) => !announced.has(action.key) && !(action.failsWith !== null && keptItems.has(action.itemId)))
      .map((action) => action.key),
    nowFailing: frozen.flatMap((action) => {
      const sentence = (needed.get(action.key) ?? failing.get(action.itemId))?.failsWith ?? null;
      return action.failsWith === null && sentence !== null ? [{ key: action.key, sentence }] : [];
    }),
  };
}
