import { describe, expect, it } from "vitest";
import { holdsForMany } from "@/tests/harness/holds-for-many";
import { checkPostpone, type PostponeBudget, postponeOptions } from "./postpone";

const at = (iso: string): number => Date.parse(iso);
/** Monday 14:20 in Stockholm; announced for tonight at 21:00; twice until Friday 21:00. */
const budget: PostponeBudget = {
  nowMs: at("2026-11-23T13:20:00Z"),
  executionAtMs: at("2026-11-23T20:00:00Z"),
  count: 0,
  maxCount: 2,
  latestAtMs: at("2026-11-27T20:00:00Z"),
  timeZone: "Europe/Stockholm",
  executionTime: "21:00",
};
const told = (changes: Partial<PostponeBudget> = {}) =>
  postponeOptions({ ...budget, ...changes }).map(
    ({ id, atMs }) => `${id} ${new Date(atMs).toISOString().slice(0, 16)}`,
  );

describe("the choices", () => {
  it("move the announced time, not the present one", () => {
    expect(told()).toEqual([
      "1h 2026-11-23T21:00",
      "2h 2026-11-23T22:00",
      "4h 2026-11-24T00:00",
      "tomorrow 2026-11-24T20:00",
    ]);
  });
  it("count from now when the announced time has passed", () => {
    expect(told({ nowMs: at("2026-11-23T20:10:00Z") })[0]).toBe("1h 2026-11-23T21:10");
  });
  it("end at the latest time, which itself is allowed", () => {
    expect(told({ latestAtMs: at("2026-11-23T22:00:00Z") })).toEqual(["1h 2026-11-23T21:00", "2h 2026-11-23T22:00"]);
  });
  it.each([{ count: 2 }, { maxCount: 0 }, { latestAtMs: at("2026-11-23T20:30:00Z") }])(
    "are none with %o",
    (changes) => {
      expect(told(changes)).toEqual([]);
    },
  );
  it("without a latest time have no end", () => {
    expect(told({ latestAtMs: null })).toHaveLength(4);
  });
  it("tomorrow is tomorrow's execution time, also for what was postponed past midnight or is days away", () => {
    expect(told({ executionAtMs: at("2026-11-24T00:00:00Z") }).at(-1)).toBe("tomorrow 2026-11-24T20:00");
    expect(told({ executionAtMs: at("2026-11-25T20:00:00Z") }).at(-1)).toBe("tomorrow 2026-11-26T20:00");
    expect(told({ nowMs: at("2026-11-23T23:30:00Z"), executionAtMs: at("2026-11-24T00:00:00Z") }).at(-1)).toBe(
      "tomorrow 2026-11-25T20:00",
    );
  });
  it("tomorrow, without an execution time, is the announced time of day", () => {
    const changes = { executionTime: null, executionAtMs: at("2026-11-23T15:45:00Z") };
    expect(told(changes).at(-1)).toBe("tomorrow 2026-11-24T15:45");
  });
  it("tomorrow is right across a change of clocks", () => {
    const changes = {
      nowMs: at("2026-10-24T12:00:00Z"),
      executionAtMs: at("2026-10-24T19:00:00Z"),
      latestAtMs: null,
    };
    expect(told(changes).at(-1)).toBe("tomorrow 2026-10-25T20:00");
  });
});

describe("a choice or a chosen time", () => {
  it.each<[string, Parameters<typeof checkPostpone>[0], Partial<PostponeBudget>, string | null]>([
    ["within the budget", "1h", {}, null],
    ["a time of one's own", at("2026-11-24T08:00:00Z"), {}, null],
    ["to the latest moment", at("2026-11-27T20:00:00Z"), {}, null],
    ["beyond it", at("2026-11-27T20:00:01Z"), {}, "That is later than it may be postponed to; choose an earlier time."],
    [
      "earlier than announced",
      at("2026-11-23T19:00:00Z"),
      {},
      "That is not later than it is planned for; choose a later time.",
    ],
    ["in the past", at("2026-11-23T13:00:00Z"), {}, "That time has passed; choose a later one."],
    ["not a time", Number.NaN, {}, "That is not a time; choose one of the times offered."],
    ["once too often", "1h", { count: 2 }, "It was postponed 2 times already, which is as often as it can be."],
    [
      "twice where once was allowed",
      "1h",
      { count: 1, maxCount: 1 },
      "It was postponed once already, which is as often as it can be.",
    ],
    ["never allowed", "1h", { maxCount: 0 }, "This maintenance cannot be postponed."],
  ])("%s", (_name, choice, changes, sentence) => {
    const answer = checkPostpone(choice, { ...budget, ...changes });
    expect(answer.ok ? null : answer.sentence).toBe(sentence);
  });

  it("is allowed exactly when it is offered, and never outside the budget", () => {
    holdsForMany(300, (random) => {
      const nowMs = at("2026-03-28T00:00:00Z") + random.int(5000) * 60_000;
      const executionAtMs = nowMs + (random.int(4000) - 200) * 60_000;
      const changes = {
        nowMs,
        executionAtMs,
        count: random.int(4),
        maxCount: random.int(4),
        latestAtMs: random.chance(0.3) ? null : nowMs + random.int(6000) * 60_000,
        executionTime: random.pick([null, "21:00", "02:30"]),
      };
      const offered = postponeOptions({ ...budget, ...changes });
      return (["1h", "2h", "4h", "tomorrow"] as const).every((id) => {
        const answer = checkPostpone(id, { ...budget, ...changes });
        const choice = offered.find((option) => option.id === id);
        if (!answer.ok) return choice === undefined;
        const isWithin =
          changes.count < changes.maxCount && answer.atMs <= (changes.latestAtMs ?? Number.POSITIVE_INFINITY);
        return choice?.atMs === answer.atMs && isWithin && answer.atMs > Math.max(nowMs, executionAtMs);
      });
    });
  });
});
