/**
 * The first moment after `afterMs` (epoch milliseconds) at which it is `localTime` (`HH:MM`) in the zone. A time that
 * the day skips is its next existing minute; one that the day has twice is the first.
 */
export function nextLocalTime(input: {
  readonly afterMs: number;
  readonly localTime: string;
  readonly timeZone: string;
}): number {
  throw new Error(`not written yet: ${input.localTime}`);
}
