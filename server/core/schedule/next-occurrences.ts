/** When a schedule is due. `croner` and `rrule-temporal` are used for their arithmetic alone: no timers, no clock. */
import { Temporal } from "@js-temporal/polyfill";
import { Cron } from "croner";
import { RRuleTemporal } from "rrule-temporal";
import { isTimeZone, momentOf, parseLocalTime, wallClockAt } from "./local-time";

export interface Recurrence {
  readonly recurrenceKind: "rrule" | "cron";
  /** The days: an RRULE without times, or a cron line with detection's minute and hour. */
  readonly recurrence: string;
  /** `HH:MM`; used by RRULEs. */
  readonly detectionTime: string;
  readonly timeZone: string;
}

/** Where an RRULE counts from when nobody says: a Monday, so that weeks begin where people expect it. */
const DEFAULT_START = Temporal.PlainDate.from("2024-01-01");
/** Days of 54 years: bounds a rule that never comes round. */
const MAX_RRULE_PERIODS = 20_000;
/** Bounds a rule with far more wall-clock times than moments, such as every minute. */
const MAX_CANDIDATES_PER_OCCURRENCE = 200;

/** Yields the next wall-clock time after one, as though every zone were UTC: the rules speak of clocks on walls. */
type NextWallClock = (after: Temporal.PlainDateTime) => Temporal.PlainDateTime | null;

/** A sentence on what is wrong with a recurrence and what to do, or null. */
export function checkRecurrence(recurrence: Recurrence): string | null {
  if (!isTimeZone(recurrence.timeZone)) {
    return `"${recurrence.timeZone}" is not a time zone; choose one such as Europe/Stockholm.`;
  }
  const rule = readRule(recurrence, DEFAULT_START);
  if (typeof rule === "string") return rule;
  return rule(DEFAULT_START.toPlainDateTime()) === null ? "It never comes round; choose days that exist." : null;
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
  if (!isTimeZone(input.timeZone)) return [];
  const start =
    input.startsAtMs === undefined ? DEFAULT_START : wallClockAt(input.startsAtMs, input.timeZone).toPlainDate();
  const next = readRule(input, start);
  if (typeof next === "string") return [];

  const moments: number[] = [];
  // Two days back: a skipped day's time moves to the day after.
  let wallClock: Temporal.PlainDateTime | null = wallClockAt(input.afterMs, input.timeZone).subtract({ days: 2 });
  const enough = input.limit * MAX_CANDIDATES_PER_OCCURRENCE + 5000;
  for (let count = 0; moments.length < input.limit && count < enough; count++) {
    wallClock = next(wallClock);
    if (wallClock === null) break;
    const moment = momentOf(wallClock, input.timeZone);
    // Times that one gap skipped share their next existing minute, and run once.
    if (moment > Math.max(input.afterMs, moments.at(-1) ?? input.afterMs)) moments.push(moment);
  }
  return moments;
}

function readRule(recurrence: Recurrence, start: Temporal.PlainDate): NextWallClock | string {
  return recurrence.recurrenceKind === "cron" ? readCron(recurrence.recurrence) : readRrule(recurrence, start);
}

function readCron(text: string): NextWallClock | string {
  const line = text.trim();
  if (line.split(/\s+/).length !== 5) {
    return `"${line}" is not a cron line; write minute, hour, day of month, month and day of week, as in 0 21 * * 2.`;
  }
  try {
    const cron = new Cron(line, { timezone: "UTC", paused: true });
    return (after) => {
      const found = cron.nextRun(new Date(after.toZonedDateTime("UTC").epochMilliseconds));
      return found === null ? null : wallClockAt(found.getTime(), "UTC");
    };
  } catch (error) {
    return `"${line}" is not a cron line: ${error instanceof Error ? error.message : "it cannot be read"}.`;
  }
}

function readRrule(recurrence: Recurrence, start: Temporal.PlainDate): NextWallClock | string {
  const time = parseLocalTime(recurrence.detectionTime);
  if (time === null) return `"${recurrence.detectionTime}" is not a time of day; write HH:MM, as in 21:00.`;
  const text = recurrence.recurrence.trim().replace(/^RRULE:/i, "");
  const frequency = /(?:^|;)FREQ=(\w+)/i.exec(text)?.[1]?.toUpperCase();
  if (frequency === undefined || text.includes("\n")) {
    return `"${text}" is not a recurrence rule; write one such as FREQ=WEEKLY;BYDAY=TU.`;
  }
  if (["HOURLY", "MINUTELY", "SECONDLY"].includes(frequency)) {
    return "A schedule recurs daily, weekly, monthly or yearly; use a cron line for several times a day.";
  }
  if (/(?:^|;)(?:BYHOUR|BYMINUTE|BYSECOND)=/i.test(text)) {
    return "The rule says the days only; the time of day is the detection time.";
  }
  try {
    const rule = new RRuleTemporal({
      rruleString: text,
      dtstart: start.toZonedDateTime("UTC"),
      tzid: "UTC",
      maxIterations: MAX_RRULE_PERIODS,
      temporal: Temporal,
    });
    return (after) => {
      const day = after.toPlainDate();
      const sinceMidnight = Temporal.PlainTime.compare(after.toPlainTime(), time);
      // The day itself still counts when its time is to come.
      const found = nextOf(rule, day.toZonedDateTime("UTC").epochMilliseconds - (sinceMidnight < 0 ? 1 : 0));
      return found === null ? null : wallClockAt(found.epochMilliseconds, "UTC").toPlainDate().toPlainDateTime(time);
    };
  } catch (error) {
    return `"${text}" is not a recurrence rule: ${error instanceof Error ? error.message : "it cannot be read"}.`;
  }
}

/** Null as well when the library gives up looking. */
function nextOf(rule: RRuleTemporal<Temporal.ZonedDateTime>, afterMs: number): Temporal.ZonedDateTime | null {
  try {
    return rule.next(new Date(afterMs));
  } catch {
    return null;
  }
}
