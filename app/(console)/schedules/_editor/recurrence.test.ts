import * as fc from "fast-check";
import { expect, it } from "vitest";
import { checkRecurrence } from "@/server/core/schedule";
import { MAX_WEEKS, ordinals, type PlainRecurrence, readRule, sayRecurrence, weekdays, writeRule } from "./recurrence";

const plain: fc.Arbitrary<PlainRecurrence> = fc.oneof(
  fc.constant({ kind: "daily" as const }),
  fc.constant({ kind: "weekdays" as const }),
  fc
    .record({ days: fc.subarray([...weekdays], { minLength: 1 }), everyWeeks: fc.integer({ min: 1, max: MAX_WEEKS }) })
    // These are the weekdays, which have a control of their own.
    .filter(({ days, everyWeeks }) => everyWeeks > 1 || days.join() !== "MO,TU,WE,TH,FR")
    .map((weekly) => ({ kind: "weekly" as const, ...weekly })),
  fc
    .integer({ min: -1, max: 31 })
    .filter((day) => day !== 0)
    .map((day) => ({ kind: "monthly-day" as const, day })),
  fc.record({
    kind: fc.constant("monthly-weekday" as const),
    ordinal: fc.constantFrom(...ordinals),
    weekday: fc.constantFrom(...weekdays),
  }),
);

it("what the controls say comes back from the rule they make, and the scheduler takes every such rule", () => {
  fc.assert(
    fc.property(plain, (said) => {
      const rule = writeRule(said);
      expect(readRule(rule)).toEqual(said);
      expect(
        checkRecurrence({ recurrenceKind: "rrule", recurrence: rule, detectionTime: "21:00", timeZone: "UTC" }),
      ).toBeNull();
    }),
  );
});

it.each([
  "FREQ=DAILY;INTERVAL=2",
  "FREQ=DAILY;COUNT=3",
  "FREQ=WEEKLY",
  "FREQ=WEEKLY;BYDAY=TU;WKST=SU",
  "FREQ=WEEKLY;BYDAY=TU,TU",
  "FREQ=MONTHLY;BYDAY=TU",
  "FREQ=MONTHLY;BYMONTHDAY=1,15",
  "FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=1",
  "FREQ=YEARLY;BYMONTH=1",
  "nonsense",
  "",
])("%s is left to the field for rules, so that nothing of it is lost", (rule) => {
  expect(readRule(rule)).toBeNull();
});

it.each([
  ["FREQ=WEEKLY;BYDAY=TU", "every Tuesday"],
  ["RRULE:freq=weekly;byday=th,tu", "every Tuesday and Thursday"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "every 2 weeks on Saturday"],
  ["FREQ=MONTHLY;BYDAY=2TU", "on the second Tuesday of every month"],
  ["FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of every month"],
])("%s reads “%s”", (rule, sentence) => {
  const read = readRule(rule);
  expect(read && sayRecurrence(read)).toBe(sentence);
});
