/** Wall-clock times as moments. The Temporal polyfill is one of the libraries the core may use: it is pure. */
import { Temporal } from "@js-temporal/polyfill";

/** Whether the text names a time zone, as `Europe/Stockholm` does. */
export function isTimeZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    // A bare offset is no zone: it knows no daylight-saving changes.
    return !/^[+-]\d/.test(text);
  } catch {
    return false;
  }
}

/** The zone itself; UTC for a name that is none, so that a machine with a broken zone setting is still maintained. */
export const zoneOrUtc = (timeZone: string): string => (isTimeZone(timeZone) ? timeZone : "UTC");

/** What the wall clock of the zone shows at a moment. */
export function wallClockAt(atMs: number, timeZone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDateTime();
}

/** `YYYY-MM-DD` in the zone at a moment: what dated facts are judged by. */
export function localDateAt(atMs: number, timeZone: string): string {
  return wallClockAt(atMs, zoneOrUtc(timeZone)).toPlainDate().toString();
}

/**
 * The moment at which the wall clock of the zone shows this. A time that the day has twice is the first; one that it
 * skips is the first minute that exists after it.
 */
export function momentOf(wallClock: Temporal.PlainDateTime, timeZone: string): number {
  const moment = wallClock.toZonedDateTime(timeZone, { disambiguation: "compatible" });
  if (moment.toPlainDateTime().equals(wallClock)) return moment.epochMilliseconds;
  const endOfGap = moment.add({ nanoseconds: 1 }).getTimeZoneTransition("previous");
  return endOfGap === null ? moment.epochMilliseconds : wholeMinuteFrom(endOfGap.epochMilliseconds, timeZone);
}

/** Zones have changed at odd seconds; "the next existing minute" begins with second 0. */
function wholeMinuteFrom(atMs: number, timeZone: string): number {
  const shown = wallClockAt(atMs, timeZone);
  return shown.second === 0 ? atMs : atMs + (60 - shown.second) * 1000;
}

/** `HH:MM`; null for anything else. */
export function parseLocalTime(text: string): Temporal.PlainTime | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match === null ? null : Temporal.PlainTime.from({ hour: Number(match[1]), minute: Number(match[2]) });
}
