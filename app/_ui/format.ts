/** Dates, spans and numbers as the console writes them. Everything takes what it needs: no clock, no zone of its own. */

const LOCALE = "en-GB";
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone}${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: isZone(timeZone) ? timeZone : "UTC" });
  formats.set(key, made);
  return made;
}

export function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat(LOCALE, { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** `23 Nov 2026, 14:02` */
export const formatMoment = (date: Date, timeZone: string) =>
  formatOf(timeZone, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(
    date,
  );

/** `Monday 23 November 2026 at 14:02:31 CET` */
export const formatMomentLong = (date: Date, timeZone: string) =>
  formatOf(timeZone, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(date);

/** `14:02` */
export const formatTime = (date: Date, timeZone: string, seconds = false) =>
  formatOf(timeZone, { hour: "2-digit", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}) }).format(date);

/** `23 Nov` */
export const formatDay = (date: Date, timeZone: string) =>
  formatOf(timeZone, { day: "numeric", month: "short" }).format(date);

/** `14:02` today, else `Tue 14:02` within a week, else `23 Nov, 14:02`. */
export function formatNear(date: Date, nowMs: number, timeZone: string): string {
  const dayOf = (moment: Date) => formatOf(timeZone, { dateStyle: "short" }).format(moment);
  if (dayOf(date) === dayOf(new Date(nowMs))) return formatTime(date, timeZone);
  const isClose = Math.abs(date.getTime() - nowMs) < 6 * DAY;
  const day = formatOf(timeZone, isClose ? { weekday: "short" } : { day: "numeric", month: "short" }).format(date);
  return `${day}${isClose ? "" : ","} ${formatTime(date, timeZone)}`;
}

/** `in 5 min`, `2 h ago`, `3 days ago` */
export function formatRelative(date: Date, nowMs: number): string {
  const distance = date.getTime() - nowMs;
  const size = Math.abs(distance);
  // Clocks and the console's own ticking differ by seconds.
  if (size < 45 * SECOND) return distance > 20 * SECOND ? "in a moment" : "just now";
  const [count, unit] =
    size < 90 * MINUTE
      ? [Math.round(size / MINUTE), "min"]
      : size < 36 * HOUR
        ? [Math.round(size / HOUR), "h"]
        : [Math.round(size / DAY), "days"];
  const span = unit === "days" && count >= 60 ? `${Math.round(count / 30)} months` : `${count} ${unit}`;
  return distance > 0 ? `in ${span}` : `${span} ago`;
}

/** `0:38`, `4:10`, `1:02:03` */
export function formatStopwatch(spanMs: number): string {
  const total = Math.max(0, Math.round(spanMs / SECOND));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = `${String(seconds).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** `2.4 s`, `38 s`, `4 min 10 s`, `3 h 5 min` */
export function formatSpan(spanMs: number): string {
  if (spanMs < 10 * SECOND) return `${(Math.max(0, spanMs) / SECOND).toFixed(1)} s`;
  if (spanMs < MINUTE) return `${Math.round(spanMs / SECOND)} s`;
  if (spanMs < HOUR) {
    const seconds = Math.round((spanMs % MINUTE) / SECOND) % 60;
    return `${Math.floor(spanMs / MINUTE)} min${seconds > 0 ? ` ${seconds} s` : ""}`;
  }
  const minutes = Math.floor((spanMs % HOUR) / MINUTE);
  return `${Math.floor(spanMs / HOUR)} h${minutes > 0 ? ` ${minutes} min` : ""}`;
}

/** `18 402`, with thin spaces. */
export const formatNumber = (value: number) => value.toLocaleString("en-US").replaceAll(",", "\u2009");

/** `1 computer`, `12 computers` */
export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;

/** `needs-onboarding` → `Needs onboarding` */
export const formatWord = (word: string) => {
  const text = word.replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};
