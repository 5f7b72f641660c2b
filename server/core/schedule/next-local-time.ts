import { momentOf, parseLocalTime, wallClockAt, zoneOrUtc } from "./local-time";

/** The longest a day can be away: a skipped day, and the day that the moment itself is in. */
const DAYS_AHEAD = 4;

/**
 * The first moment after `afterMs` (epoch milliseconds) at which it is `localTime` (`HH:MM`) in the zone. A time that
 * the day skips is its next existing minute; one that the day has twice is the first. An unknown zone counts as UTC;
 * ask `isTimeZone` where one is entered.
 * @throws RangeError when `localTime` is not `HH:MM`: it is checked where it is entered.
 */
export function nextLocalTime(input: {
  readonly afterMs: number;
  readonly localTime: string;
  readonly timeZone: string;
}): number {
  const time = parseLocalTime(input.localTime);
  if (time === null) throw new RangeError(`"${input.localTime}" is not a time of day; write HH:MM, as in 21:00.`);
  const timeZone = zoneOrUtc(input.timeZone);
  const today = wallClockAt(input.afterMs, timeZone).toPlainDate();
  for (let days = -1; days < DAYS_AHEAD; days++) {
    const moment = momentOf(today.add({ days }).toPlainDateTime(time), timeZone);
    if (moment > input.afterMs) return moment;
  }
  return momentOf(today.add({ days: DAYS_AHEAD }).toPlainDateTime(time), timeZone);
}
