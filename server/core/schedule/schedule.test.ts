import { Cron } from "croner";
import { describe, expect, it } from "vitest";
import { holdsForMany } from "@/tests/harness/holds-for-many";
import { checkRecurrence, isTimeZone, localDateAt, nextLocalTime, nextOccurrences } from ".";
import { nextByBruteForce, readOffsets } from "./test/wall-clock-oracle";

const at = (iso: string): number => Date.parse(iso);
const iso = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");

describe("the next time the clock on the wall shows a time", () => {
  it.each([
    ["an ordinary evening", "Europe/Stockholm", "21:00", "2026-06-01T12:00:00Z", "2026-06-01T19:00:00Z"],
    ["already past today", "Europe/Stockholm", "21:00", "2026-06-01T19:30:00Z", "2026-06-02T19:00:00Z"],
    ["exactly now is not after now", "Europe/Stockholm", "21:00", "2026-06-01T19:00:00Z", "2026-06-02T19:00:00Z"],
    [
      "skipped in spring: the next existing minute",
      "Europe/Stockholm",
      "02:30",
      "2026-03-28T12:00:00Z",
      "2026-03-29T01:00:00Z",
    ],
    ["the first skipped minute", "Europe/Stockholm", "02:00", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"],
    ["the first after the gap", "Europe/Stockholm", "03:00", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"],
    ["the day after a skipped one", "Europe/Stockholm", "02:30", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"],
    ["twice in autumn: the first", "Europe/Stockholm", "02:30", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"],
    ["twice in autumn: not again", "Europe/Stockholm", "02:30", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
    ["between the two: not again", "Europe/Stockholm", "02:30", "2026-10-25T00:45:00Z", "2026-10-26T01:30:00Z"],
    ["New York in spring", "America/New_York", "02:15", "2026-03-08T00:00:00Z", "2026-03-08T07:00:00Z"],
    ["half an hour in Lord Howe", "Australia/Lord_Howe", "02:15", "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z"],
    ["a midnight that does not exist", "America/Asuncion", "00:00", "2023-10-01T00:00:00Z", "2023-10-01T04:00:00Z"],
    ["a day that Samoa skipped", "Pacific/Apia", "10:00", "2011-12-30T09:00:00Z", "2011-12-30T10:00:00Z"],
    ["quarter hours in Nepal", "Asia/Kathmandu", "00:00", "2026-01-01T00:00:00Z", "2026-01-01T18:15:00Z"],
    ["UTC", "UTC", "00:00", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"],
    ["an unknown zone is UTC", "Mars/Olympus", "06:00", "2026-01-01T00:00:00Z", "2026-01-01T06:00:00Z"],
  ])("%s", (_name, timeZone, localTime, after, expected) => {
    expect(iso(nextLocalTime({ afterMs: at(after), localTime, timeZone }))).toBe(expected);
  });

  it("refuses what is no time of day, saying what to write", () => {
    for (const localTime of ["24:00", "9:00", "", "21.00", "21:60"]) {
      expect(() => nextLocalTime({ afterMs: 0, localTime, timeZone: "UTC" })).toThrow(/write HH:MM/);
    }
  });

  it("is what a search minute by minute finds, around every kind of change from 2000 to 2040", {
    timeout: 900_000,
  }, () => {
    const from = at("1999-12-01T00:00:00Z");
    const to = at("2040-12-31T00:00:00Z");
    const everyZone = process.env.PROPERTY_CASES !== undefined;
    const names = everyZone
      ? Intl.supportedValuesOf("timeZone")
      : [
          "Europe/Stockholm",
          "America/New_York",
          "America/St_Johns",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "America/Asuncion",
          "Africa/Casablanca",
          "Antarctica/Troll",
        ];
    const zones = names.map((timeZone) => ({ timeZone, offsets: readOffsets(timeZone, from, to) }));
    holdsForMany(500, (random) => {
      const zone = zones[random.int(zones.length)] ?? zones[0];
      if (zone === undefined) return false;
      const { changes } = zone.offsets;
      const change = changes[1 + random.int(changes.length - 1)] ?? {
        atMs: from + random.int(10_000) * 86_400_000,
        offset: 0,
      };
      // Times of day near what the clock shows at the change, from a moment within two days of it.
      const near = Math.floor(change.atMs / 60_000) + change.offset + random.int(360) - 180;
      const minuteOfDay = ((near % 1440) + 1440) % 1440;
      const localTime = new Date(minuteOfDay * 60_000).toISOString().slice(11, 16);
      const afterMs = change.atMs + (random.int(2 * 2880) - 2880) * 60_000;
      const moment = nextLocalTime({ afterMs, localTime, timeZone: zone.timeZone });
      const expected = nextByBruteForce(zone.offsets, afterMs, minuteOfDay);
      if (moment !== expected)
        throw new Error(`${zone.timeZone} ${localTime} after ${iso(afterMs)}: ${iso(moment)}, not ${iso(expected)}`);
      return true;
    });
  });
});

describe("time zones", () => {
  it.each([
    ["Europe/Stockholm", true],
    ["UTC", true],
    ["", false],
    ["Mars/Olympus", false],
    ["+02:00", false],
    ["CET", true],
  ])("%j is one: %s", (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  });
  it("decide which day it is", () => {
    const moment = at("2026-01-01T10:30:00Z");
    expect(localDateAt(moment, "Pacific/Auckland")).toBe("2026-01-01");
    expect(localDateAt(moment, "Pacific/Honolulu")).toBe("2026-01-01");
    expect(localDateAt(moment, "Pacific/Kiritimati")).toBe("2026-01-02");
    expect(localDateAt(moment, "Etc/GMT+12")).toBe("2025-12-31");
  });
});

const base = { detectionTime: "21:00", timeZone: "Europe/Stockholm", afterMs: at("2026-03-25T12:00:00Z"), limit: 3 };

describe("recurrence rules", () => {
  const next = (recurrence: string, changes: object = {}) =>
    nextOccurrences({ ...base, recurrenceKind: "rrule", recurrence, ...changes }).map(iso);

  it.each([
    ["FREQ=DAILY", {}, ["2026-03-25T20:00:00Z", "2026-03-26T20:00:00Z", "2026-03-27T20:00:00Z"]],
    ["RRULE:FREQ=WEEKLY;BYDAY=TU", {}, ["2026-03-31T19:00:00Z", "2026-04-07T19:00:00Z", "2026-04-14T19:00:00Z"]],
    ["FREQ=MONTHLY;BYDAY=2TU", {}, ["2026-04-14T19:00:00Z", "2026-05-12T19:00:00Z", "2026-06-09T19:00:00Z"]],
    ["FREQ=MONTHLY;BYMONTHDAY=-1", {}, ["2026-03-31T19:00:00Z", "2026-04-30T19:00:00Z", "2026-05-31T19:00:00Z"]],
    ["FREQ=MONTHLY;BYMONTHDAY=31", {}, ["2026-03-31T19:00:00Z", "2026-05-31T19:00:00Z", "2026-07-31T19:00:00Z"]],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", { limit: 1 }, ["2028-02-29T20:00:00Z"]],
    ["FREQ=DAILY;COUNT=2", { startsAtMs: at("2026-03-24T09:00:00Z") }, ["2026-03-25T20:00:00Z"]],
    [
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
      { startsAtMs: at("2026-03-18T09:00:00Z"), limit: 2 },
      ["2026-04-01T19:00:00Z", "2026-04-15T19:00:00Z"],
    ],
    ["FREQ=DAILY;UNTIL=20260326", {}, ["2026-03-25T20:00:00Z", "2026-03-26T20:00:00Z"]],
    ["FREQ=DAILY;UNTIL=20200101", {}, []],
    [
      "FREQ=DAILY",
      { detectionTime: "02:30", afterMs: at("2026-03-28T12:00:00Z"), limit: 2 },
      ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"],
    ],
    [
      "FREQ=DAILY",
      { detectionTime: "02:30", afterMs: at("2026-10-24T12:00:00Z"), limit: 2 },
      ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
    ],
    ["FREQ=DAILY", { afterMs: at("2026-03-25T20:00:00Z"), limit: 1 }, ["2026-03-26T20:00:00Z"]],
  ])("%s %o", (recurrence, changes, expected) => {
    expect(next(recurrence, changes)).toEqual(expected);
  });

  it("daily is the next local time, day after day, in any zone", { timeout: 60_000 }, () => {
    holdsForMany(100, (random) => {
      const timeZone = random.pick(["Europe/Stockholm", "America/St_Johns", "Australia/Lord_Howe", "America/Asuncion"]);
      const afterMs = at("2020-01-01T00:00:00Z") + random.int(2_000_000) * 60_000;
      const localTime = `0${random.int(4)}:${10 + random.int(50)}`;
      const request = {
        recurrenceKind: "rrule",
        recurrence: "FREQ=DAILY",
        detectionTime: localTime,
        timeZone,
      } as const;
      const [first] = nextOccurrences({ ...request, afterMs, limit: 1, startsAtMs: afterMs - 86_400_000 * 9 });
      return first === nextLocalTime({ afterMs, localTime, timeZone });
    });
  });
});

describe("cron lines", () => {
  const next = (recurrence: string, changes: object = {}) =>
    nextOccurrences({ ...base, recurrenceKind: "cron", recurrence, ...changes }).map(iso);

  it.each([
    ["0 21 * * 2", {}, ["2026-03-31T19:00:00Z", "2026-04-07T19:00:00Z", "2026-04-14T19:00:00Z"]],
    ["30 2 * * *", { afterMs: at("2026-03-28T12:00:00Z"), limit: 2 }, ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]],
    ["30 2 * * *", { afterMs: at("2026-10-25T00:30:00Z"), limit: 1 }, ["2026-10-26T01:30:00Z"]],
    ["*/20 2 29 3 *", { limit: 2 }, ["2026-03-29T01:00:00Z", "2027-03-29T00:00:00Z"]],
    ["0 0 29 2 *", { limit: 1 }, ["2028-02-28T23:00:00Z"]],
  ])("%s %o", (recurrence, changes, expected) => {
    expect(next(recurrence, changes)).toEqual(expected);
  });

  it("agree with croner's own zones for times that exist once", { timeout: 60_000 }, () => {
    holdsForMany(100, (random) => {
      const timeZone = random.pick(["Europe/Stockholm", "America/New_York", "Asia/Kathmandu"]);
      const recurrence = `${random.int(60)} ${4 + random.int(20)} ${random.pick(["*", "*/3", "15"])} * ${random.pick(["*", "1-5"])}`;
      const afterMs = at("2024-01-01T00:00:00Z") + random.int(1_000_000) * 60_000;
      const expected = new Cron(recurrence, { timezone: timeZone, paused: true }).nextRuns(3, new Date(afterMs));
      const moments = nextOccurrences({ ...base, recurrenceKind: "cron", recurrence, timeZone, afterMs });
      return String(moments) === String(expected.map((date) => date.getTime()));
    });
  });
});

describe("a recurrence that cannot be used is refused with a sentence that says what to do", () => {
  it.each([
    ["rrule", "FREQ=WEEKLY;BYDAY=TU", {}, null],
    ["cron", "0 21 * * 2", {}, null],
    ["rrule", "every day", {}, /not a recurrence rule; write one such as/],
    ["rrule", "FREQ=BANANA", {}, /not a recurrence rule: Invalid FREQ/],
    ["rrule", "FREQ=HOURLY", {}, /use a cron line/],
    ["rrule", "FREQ=DAILY;BYHOUR=3", {}, /the time of day is the detection time/],
    ["rrule", "FREQ=DAILY", { detectionTime: "9 pm" }, /write HH:MM/],
    ["rrule", "FREQ=DAILY", { timeZone: "Nowhere" }, /choose one such as Europe\/Stockholm/],
    ["rrule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", {}, /never comes round/],
    ["cron", "0 21 * *", {}, /not a cron line; write minute, hour/],
    ["cron", "0 0 21 * * 2", {}, /not a cron line; write minute, hour/],
    ["cron", "61 21 * * 2", {}, /not a cron line: /],
    ["cron", "0 0 30 2 *", {}, /never comes round/],
  ] as const)("%s %s", (recurrenceKind, recurrence, changes, expected) => {
    const answer = checkRecurrence({ ...base, recurrenceKind, recurrence, ...changes });
    if (expected === null) expect(answer).toBeNull();
    else expect(answer).toMatch(expected);
    if (expected !== null) expect(nextOccurrences({ ...base, recurrenceKind, recurrence, ...changes })).toEqual([]);
  });
});
