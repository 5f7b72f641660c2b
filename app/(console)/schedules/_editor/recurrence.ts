/** Recurrences as people say them, and the rules they are kept as (RFC 5545; the days only). */

export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof weekdays)[number];
export const weekdayNames: Readonly<Record<Weekday, string>> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};

export const ordinals = [1, 2, 3, 4, -1] as const;
export type Ordinal = (typeof ordinals)[number];
export const ordinalNames: Readonly<Record<`${Ordinal}`, string>> = {
  "1": "first",
  "2": "second",
  "3": "third",
  "4": "fourth",
  "-1": "last",
};

/** What the plain controls can say. */
export type PlainRecurrence =
  | { readonly kind: "daily" }
  | { readonly kind: "weekdays" }
  | { readonly kind: "weekly"; readonly days: readonly Weekday[]; readonly everyWeeks: number }
  /** `day` 1 to 31; -1 is the last. A month without that day has no run. */
  | { readonly kind: "monthly-day"; readonly day: number }
  | { readonly kind: "monthly-weekday"; readonly ordinal: Ordinal; readonly weekday: Weekday };

const WORKDAYS = "MO,TU,WE,TH,FR";
export const MAX_WEEKS = 12;

export function writeRule(plain: PlainRecurrence): string {
  switch (plain.kind) {
    case "daily":
      return "FREQ=DAILY";
    case "weekdays":
      return `FREQ=WEEKLY;BYDAY=${WORKDAYS}`;
    case "weekly": {
      const days = weekdays.filter((day) => plain.days.includes(day)).join(",");
      return `FREQ=WEEKLY;${plain.everyWeeks > 1 ? `INTERVAL=${plain.everyWeeks};` : ""}BYDAY=${days}`;
    }
    case "monthly-day":
      return `FREQ=MONTHLY;BYMONTHDAY=${plain.day}`;
    case "monthly-weekday":
      return `FREQ=MONTHLY;BYDAY=${plain.ordinal}${plain.weekday}`;
  }
}

/** The rule in plain terms; null for one that only its own text says. */
export function readRule(text: string): PlainRecurrence | null {
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .split(";")) {
    const [name = "", value] = part.split("=");
    if (value === undefined || parts.has(name)) return null;
    parts.set(name, value);
  }
  const take = (name: string) => {
    const value = parts.get(name);
    parts.delete(name);
    return value;
  };
  const plain = readParts(take("FREQ"), take("INTERVAL") ?? "1", take("BYDAY"), take("BYMONTHDAY"));
  return parts.size === 0 ? plain : null;
}

function readParts(
  frequency: string | undefined,
  interval: string,
  byDay: string | undefined,
  byMonthDay: string | undefined,
): PlainRecurrence | null {
  const every = Number(interval);
  if (frequency === "DAILY") return every === 1 && !byDay && !byMonthDay ? { kind: "daily" } : null;
  if (frequency === "WEEKLY" && byDay && !byMonthDay) {
    const named = byDay.split(",");
    const days = weekdays.filter((day) => named.includes(day));
    if (days.length !== named.length || !(Number.isInteger(every) && every >= 1 && every <= MAX_WEEKS)) return null;
    return every === 1 && days.join(",") === WORKDAYS
      ? { kind: "weekdays" }
      : { kind: "weekly", days, everyWeeks: every };
  }
  if (frequency !== "MONTHLY" || every !== 1) return null;
  if (byMonthDay && !byDay) {
    const day = Number(byMonthDay);
    return Number.isInteger(day) && day >= -1 && day <= 31 && day !== 0 ? { kind: "monthly-day", day } : null;
  }
  const match = /^(-?\d)([A-Z]{2})$/.exec(byDay ?? "");
  const ordinal = ordinals.find((each) => String(each) === match?.[1]);
  const weekday = weekdays.find((each) => each === match?.[2]);
  return ordinal && weekday && !byMonthDay ? { kind: "monthly-weekday", ordinal, weekday } : null;
}

/** "every Tuesday and Thursday", in the middle of a sentence. */
export function sayRecurrence(plain: PlainRecurrence): string {
  switch (plain.kind) {
    case "daily":
      return "every day";
    case "weekdays":
      return "every weekday, Monday to Friday,";
    case "weekly": {
      const names = listOf(weekdays.filter((day) => plain.days.includes(day)).map((day) => weekdayNames[day]));
      return plain.everyWeeks > 1 ? `every ${plain.everyWeeks} weeks on ${names}` : `every ${names}`;
    }
    case "monthly-day":
      return plain.day === -1 ? "on the last day of every month" : `on day ${plain.day} of every month`;
    case "monthly-weekday":
      return `on the ${ordinalNames[`${plain.ordinal}`]} ${weekdayNames[plain.weekday]} of every month`;
  }
}

function listOf(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "…";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A kept recurrence in words, as short as a list needs it. */
export function sayKept(kind: "rrule" | "cron", text: string): string {
  if (kind === "cron") return `by the cron line ${text}`;
  const plain = readRule(text);
  if (plain?.kind === "weekdays") return "every weekday";
  return plain ? sayRecurrence(plain) : `by the rule ${text}`;
}
