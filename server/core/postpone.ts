/** Postponing by the user, within the budget (domain page, chapter 11). */

export interface PostponeBudget {
  readonly nowMs: number;
  readonly executionAtMs: number;
  /** Postponements so far. */
  readonly count: number;
  readonly maxCount: number;
  /** The latest moment to which it may be moved; null: no such limit. */
  readonly latestAtMs: number | null;
  readonly timeZone: string;
  /** Local `HH:MM` of the schedule; null: the local time of `executionAtMs`. */
  readonly executionTime: string | null;
}

export const postponeChoiceIds = ["1h", "2h", "4h", "tomorrow"] as const;
export type PostponeChoiceId = (typeof postponeChoiceIds)[number];
export interface PostponeChoice {
  readonly id: PostponeChoiceId;
  readonly atMs: number;
}
export type PostponeAnswer =
  | { readonly ok: true; readonly atMs: number }
  | { readonly ok: false; readonly sentence: string };

/** The choices that are within the budget now; empty when it is spent. */
export function postponeOptions(budget: PostponeBudget): PostponeChoice[] {
  throw new Error(`not written yet: ${budget.nowMs}`);
}

/** Whether a choice, or a time the user chose, is allowed; if not, the sentence that says why. */
export function checkPostpone(choice: PostponeChoiceId | number, budget: PostponeBudget): PostponeAnswer {
  throw new Error(`not written yet: ${choice} ${budget.nowMs}`);
}
