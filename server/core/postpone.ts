/** Postponing by the user, within the budget (domain page, chapter 11). */

import { wallClockAt, zoneOrUtc } from "./schedule/local-time";
import { nextLocalTime } from "./schedule/next-local-time";

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

const HOUR_MS = 3_600_000;

/** Hours count from the announced time, or from now where that has passed: "by one hour" moves 21:00 to 22:00. */
function momentOfChoice(id: PostponeChoiceId, budget: PostponeBudget): number {
  const from = Math.max(budget.nowMs, budget.executionAtMs);
  if (id !== "tomorrow") return from + Number.parseInt(id, 10) * HOUR_MS;
  return momentTomorrow(budget, from);
}

/** The execution time on the first day after today that is later than what is announced. */
function momentTomorrow(budget: PostponeBudget, from: number): number {
  const timeZone = zoneOrUtc(budget.timeZone);
  const localTime = budget.executionTime ?? wallClockAt(budget.executionAtMs, timeZone).toString().slice(11, 16);
  const endOfToday = nextLocalTime({ afterMs: budget.nowMs, localTime: "00:00", timeZone });
  // Midnight itself is tomorrow's; one millisecond earlier still belongs to today.
  return nextLocalTime({ afterMs: Math.max(from, endOfToday - 1), localTime, timeZone });
}

function refusal(atMs: number, budget: PostponeBudget): string | null {
  if (budget.maxCount === 0) return "This maintenance cannot be postponed.";
  if (budget.count >= budget.maxCount) {
    return budget.maxCount === 1
      ? "It was postponed once already, which is as often as it can be."
      : `It was postponed ${budget.count} times already, which is as often as it can be.`;
  }
  if (!Number.isFinite(atMs)) return "That is not a time; choose one of the times offered.";
  if (atMs <= budget.nowMs) return "That time has passed; choose a later one.";
  if (atMs <= budget.executionAtMs) return "That is not later than it is planned for; choose a later time.";
  if (budget.latestAtMs !== null && atMs > budget.latestAtMs) {
    return "That is later than it may be postponed to; choose an earlier time.";
  }
  return null;
}

/** The choices that are within the budget now, soonest first; empty when it is spent. */
export function postponeOptions(budget: PostponeBudget): PostponeChoice[] {
  return postponeChoiceIds
    .map((id) => ({ id, atMs: momentOfChoice(id, budget) }))
    .filter((choice) => refusal(choice.atMs, budget) === null)
    .sort((a, b) => a.atMs - b.atMs || postponeChoiceIds.indexOf(a.id) - postponeChoiceIds.indexOf(b.id));
}

/** Whether a choice, or a time the user chose (epoch milliseconds), is allowed; if not, the sentence that says why. */
export function checkPostpone(choice: PostponeChoiceId | number, budget: PostponeBudget): PostponeAnswer {
  const atMs = typeof choice === "number" ? choice : momentOfChoice(choice, budget);
  const sentence = refusal(atMs, budget);
  return sentence === null ? { ok: true, atMs } : { ok: false, sentence };
}
