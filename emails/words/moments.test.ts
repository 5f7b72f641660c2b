import { describe, expect, it } from "vitest";
import { momentsFor } from "./moments";

describe("times in the reader's zone", () => {
  it.each([
    // The clocks of Berlin go back on 25 October 2026 at 01:00 UTC, and forward on 28 March 2027 at 01:00 UTC.
    ["Europe/Berlin", "2026-10-25T00:30:00Z", "02:30", "Central European Summer Time"],
    ["Europe/Berlin", "2026-10-25T01:30:00Z", "02:30", "Central European Standard Time"],
    ["Europe/Berlin", "2027-03-28T00:59:00Z", "01:59", "Central European Standard Time"],
    ["Europe/Berlin", "2027-03-28T01:00:00Z", "03:00", "Central European Summer Time"],
    ["America/St_Johns", "2026-07-01T00:00:00Z", "21:30", "Newfoundland Daylight Time"],
    ["Australia/Lord_Howe", "2026-07-01T00:00:00Z", "10:30", "Lord Howe Standard Time"],
    ["UTC", "2026-07-01T00:00:00Z", "00:00", "Coordinated Universal Time"],
  ])("in %s %s is %s, %s", (timeZone, at, time, zone) => {
    const moments = momentsFor("en", timeZone);
    expect([moments.time(new Date(at)), moments.zone(new Date(at))]).toEqual([time, zone]);
  });
});

describe("a moment said beside now", () => {
  it.each([
    ["en", "2026-11-23T13:00:00Z", "today at 14:00"],
    ["en", "2026-11-23T15:59:00Z", "today at 16:59"],
    ["en", "2026-11-23T16:00:00Z", "tonight at 17:00"],
    ["en", "2026-11-23T22:59:00Z", "tonight at 23:59"],
    ["en", "2026-11-23T23:00:00Z", "tomorrow at 00:00"],
    ["en", "2026-11-27T20:00:00Z", "on Friday at 21:00"],
    ["en", "2026-11-29T20:00:00Z", "on Sunday at 21:00"],
    ["en", "2026-11-30T20:00:00Z", "on 30 November at 21:00"],
    ["en", "2027-01-05T20:00:00Z", "on 5 January at 21:00"],
    ["en", "2026-11-22T20:00:00Z", "on 22 November at 21:00"],
    ["en-US", "2026-11-23T20:00:00Z", "tonight at 9:00 PM"],
    ["en-US", "2026-11-30T20:00:00Z", "on November 30 at 9:00 PM"],
    ["de", "2026-11-23T20:00:00Z", "heute Abend um 21:00 Uhr"],
    ["de-AT", "2026-11-24T07:00:00Z", "morgen um 08:00 Uhr"],
    ["de_CH", "2026-11-27T20:00:00Z", "am Freitag um 21:00 Uhr"],
    ["de", "2026-12-05T20:00:00Z", "am 5. Dezember um 21:00 Uhr"],
  ])("in %s is as one says it: %s is %s", (locale, at, said) => {
    const now = new Date("2026-11-23T12:10:00Z");
    const relative = momentsFor(locale, "Europe/Berlin").relative(new Date(at), now);
    // Newer ICU data puts a narrow space before PM.
    expect(relative.replace(/[\u202f\u00a0]/g, " ")).toBe(said);
  });

  it("counts days on the reader's calendar, not in hours", () => {
    const moments = momentsFor("en", "Pacific/Auckland");
    const now = new Date("2026-11-23T10:30:00Z"); // 23:30 there
    expect(moments.relative(new Date("2026-11-23T11:30:00Z"), now)).toBe("tomorrow at 00:30");
  });
});

it.each(["", "xx", "english please", "de-", "fr-FR", "-", "e", "de-DE-x-", null])(
  "a locale that is none, or not spoken here (%s), still gives readable times",
  (locale) => {
    expect(momentsFor(locale, "UTC").full(new Date("2026-11-23T20:00:00Z"))).toMatch(/23.+2026.+20:00/);
  },
);
