import type { Plan, PlannedAction } from "./types";

/** The plan as canonical JSON text: equal plans, equal text. A service hashes it. */
export function canonicalPlan(plan: Plan): string {
  throw new Error(`not written yet: ${plan.actions.length}`);
}

/** A frozen plan judged again right before execution; keys of actions. */
export interface PlanVerification {
  /** Still to do, in the frozen order. */
  readonly keep: readonly string[];
  /** Announced, and no longer needed. */
  readonly nowCompliant: readonly string[];
  /** Needed now, and never announced: not run in this session. */
  readonly notAnnounced: readonly string[];
}

/** What of an announced plan is still to be done. */
export function verifyPlan(frozen: readonly PlannedAction[], fresh: Plan): PlanVerification {
  throw new Error(`not written yet: ${frozen.length} ${fresh.actions.length}`);
}
