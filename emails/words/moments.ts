import { wordsFor } from "./words-for";

const DAY_MS = 86_400_000;
const EVENING_HOUR = 17;

export interface Moments {
  /** "21:00" */
  time(at: Date): string;
  /** "tonight at 21:00", "on Friday at 21:00", "on 5 December at 21:00"; fits into the middle of a sentence. */
  relative(at: Date, now: Date): string;
  /** "Mon, 23 November, 21:00" */
  short(at: Date): string;
  /** "Monday, 23 November 2026, 21:00" */
  full(at: Date): string;
  /** "Central European Standard Time": the zone in which the others are said. */
  zone(at: Date): string;
}

/** Dates and times as a reader in `timeZone` says them; right across changes of the clock, because Intl decides. */
export function momentsFor(locale: string | null, timeZone: string): Moments {
  const words = wordsFor(locale);
  const tag = formatLocaleFor(locale, words.language, words.formatLocale);
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(tag, { timeZone, ...options });
    return (at: Date) => formatter.format(at);
  };
  const is24Hours = new Intl.DateTimeFormat(tag, { hour: "numeric" }).resolvedOptions().hourCycle?.startsWith("h2");
  // "01:00" beside "21:00", but "1:00 am".
  const hour = is24Hours ? "2-digit" : "numeric";
  const time = format({ hour, minute: "2-digit" });
  const weekday = format({ weekday: "long" });
  const date = format({ day: "numeric", month: "long" });
  const short = format({ weekday: "short", day: "numeric", month: "long", hour, minute: "2-digit" });
  const day = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const named = new Intl.DateTimeFormat(tag, { timeZone, hour: "numeric", timeZoneName: "long" });
  return {
    time,
    short,
    zone: (at) => named.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? timeZone,
    full: (at) => `${day(at)}, ${time(at)}`,
    relative(at, now) {
      const days = localDay(at, timeZone) - localDay(now, timeZone);
      if (days === 0) return words.moments[localHour(at, timeZone) >= EVENING_HOUR ? "tonight" : "today"](time(at));
      if (days === 1) return words.moments.tomorrow(time(at));
      return words.moments.onDay(days > 1 && days < 7 ? weekday(at) : date(at), time(at));
    },
  };
}

/** A reader's own variant (`en-US`) decides how their dates look, as long as it is of the language they are written to in. */
function formatLocaleFor(locale: string | null, language: string, fallback: string): string {
  if (!locale) return fallback;
  const [supported] = Intl.DateTimeFormat.supportedLocalesOf([locale.replaceAll("_", "-")].filter(isLanguageTag));
  return supported?.includes("-") && supported.startsWith(language) ? supported : fallback;
}

const isLanguageTag = (tag: string) => /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(tag);

function parts(at: Date, timeZone: string): Record<string, number> {
  const formatter = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    hourCycle: "h23",
  });
  return Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
}

/** Days since 1970 on the reader's calendar. */
function localDay(at: Date, timeZone: string): number {
  const { year = 0, month = 1, day = 1 } = parts(at, timeZone);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

const localHour = (at: Date, timeZone: string) => parts(at, timeZone).hour ?? 0;
