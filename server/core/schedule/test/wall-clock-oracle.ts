/**
 * Local times by brute force: the zone's offsets are read from Intl, and a time of day is looked for minute by minute.
 * Shares no code with what it checks.
 */
const MINUTE = 60_000;
const DAY = 86_400_000;

export interface ZoneOffsets {
  /** Moments at which the offset changes, ascending, and the offset in minutes from then on. */
  readonly changes: readonly { readonly atMs: number; readonly offset: number }[];
}

/** What the zone's clock is ahead of UTC, in minutes. */
function offsetReader(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (atMs) => {
    const part = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
    return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - atMs) / MINUTE);
  };
}

export function readOffsets(timeZone: string, fromMs: number, toMs: number): ZoneOffsets {
  const offsetAt = offsetReader(timeZone);
  const changes = [{ atMs: Number.NEGATIVE_INFINITY, offset: offsetAt(fromMs) }];
  let before = offsetAt(fromMs);
  for (let at = fromMs, after = before; at < toMs; at += DAY, before = after) {
    after = offsetAt(at + DAY);
    if (before === after) continue;
    let [low, high] = [at, at + DAY];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / MINUTE / 2) * MINUTE;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ atMs: high, offset: after });
  }
  return { changes };
}

/** The first moment after `afterMs` at which a day's clock reaches the time: reads it, or has just jumped over it. */
export function nextByBruteForce(zone: ZoneOffsets, afterMs: number, minuteOfDay: number): number {
  const last = zone.changes.findLastIndex((change) => change.atMs < afterMs - 8 * DAY);
  const changes = zone.changes.slice(Math.max(last, 0)).filter((change) => change.atMs < afterMs + 8 * DAY);
  const wall = (atMs: number) => {
    let offset = changes[0]?.offset ?? 0;
    for (const change of changes) {
      if (change.atMs > atMs) break;
      offset = change.offset;
    }
    return atMs + offset * MINUTE;
  };
  const today = Math.floor(afterMs / DAY) * DAY;
  for (let day = today - 2 * DAY; ; day += DAY) {
    const wanted = day + minuteOfDay * MINUTE;
    let moment = wanted - 40 * 60 * MINUTE;
    while (wall(moment) < wanted) moment += MINUTE;
    if (moment > afterMs) return moment;
  }
}
