export interface Recurrence {
  readonly recurrenceKind: "rrule" | "cron";
  /** The days: an RRULE without times, or a cron line with detection's minute and hour. */
  readonly recurrence: string;
  /** `HH:MM`; used by RRULEs. */
  readonly detectionTime: string;
  readonly timeZone: string;
}

/** A sentence on what is wrong with a recurrence, or null. */
export function checkRecurrence(recurrence: Recurrence): string | null {
  throw new Error(`not written yet: ${recurrence.recurrence}`);
}

/** The next moments at which it is due, strictly after `afterMs`, ascending; empty when it is over or not valid. */
export function nextOccurrences(
  input: Recurrence & {
    readonly afterMs: number;
    readonly limit: number;
    /** Where an RRULE counts from (INTERVAL, COUNT); when the schedule was made. */
    readonly startsAtMs?: number;
  },
): number[] {
  throw new Error(`not written yet: ${input.recurrence}`);
}
