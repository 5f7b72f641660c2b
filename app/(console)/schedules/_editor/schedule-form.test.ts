import { expect, it } from "vitest";
import { draftOf, emptySchedule, problemsOf, recurrenceOf, type ScheduleForm } from "./schedule-form";
import { describeSchedule } from "./schedule-sentence";

const contoso: ScheduleForm = {
  ...emptySchedule,
  name: "Nightly",
  target: { ...emptySchedule.target, tenant: { id: 7, name: "Contoso" }, includesChildTenants: false },
};

it("says in plain words when, on what, and what people may do", () => {
  const { main, more } = describeSchedule(contoso);
  expect(main).toBe(
    "Every Tuesday at 20:00 in each computer's own time, workstations and portables at Contoso are checked. " +
      "What has to change is done at the next 22:00 after that.",
  );
  expect(more).toEqual([
    "Users are told by mail before and after it. They may postpone it up to 3 times, 72 hours at most, cancel it or start it at once.",
    "A computer that is offline is maintained when it connects again.",
    "Nothing is rebooted.",
  ]);
});

it.each<[string, Partial<ScheduleForm>, string]>([
  ["no name", { name: " " }, "name"],
  ["no day", { days: [] }, "days"],
  ["no whole weeks", { everyWeeks: "1.5" }, "everyWeeks"],
  ["no time", { detectionTime: "" }, "detectionTime"],
  ["no zone", { zone: "schedule" }, "timeZone"],
  ["too many postponements", { postponeMaxCount: "21" }, "postponeMaxCount"],
  ["no tenant", { target: emptySchedule.target }, "tenant"],
])("%s is told at its field", (_what, change, field) => {
  expect(Object.keys(problemsOf({ ...contoso, ...change }))).toEqual([field]);
});

it("what is not chosen is not sent: other zones, times and rules stay in the form alone", () => {
  const draft = draftOf({ ...contoso, executes: "at-once", timeZone: "Europe/Stockholm", zone: "tenant" });
  expect(draft).toMatchObject({ executionTime: null, timeZone: null, timeZoneKind: "tenant", itemId: null });
  expect(recurrenceOf({ ...contoso, recurs: "cron", cron: " 0 21 * * 2 " })).toEqual({
    recurrenceKind: "cron",
    recurrence: "0 21 * * 2",
  });
});
