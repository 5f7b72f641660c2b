import { describe, expect, it } from "vitest";
import { type ActionResult, actionStatuses, type SessionStatus, sessionStatuses } from "../sessions";
import {
  actionEvents,
  finalSessionStatuses,
  nextExecutionAt,
  type SessionEvent,
  sessionEvents,
  summarizeSession,
  transitionAction,
  transitionSession,
} from ".";

/** Every transition there is, written out; all others are refused. */
const allowedForSessions: Record<SessionStatus, string> = {
  created: "start→running lose-connection→pending-connectivity fail→failed cancel→cancelled miss→missed",
  "pending-connectivity": "connect→running postpone→postponed fail→failed cancel→cancelled miss→missed",
  running:
    "announce→pending-execution lose-connection→pending-connectivity pass→passed partially-pass→partially-passed fail→failed cancel→cancelled miss→missed",
  "pending-execution":
    "execute→running postpone→postponed lose-connection→pending-connectivity fail→failed cancel→cancelled miss→missed",
  postponed:
    "execute→running postpone→postponed lose-connection→pending-connectivity fail→failed cancel→cancelled miss→missed",
  passed: "",
  "partially-passed": "",
  failed: "",
  cancelled: "",
  missed: "",
};
const allowedForActions = {
  pending: "wait→waiting start→running finish→done skip→skipped cancel→skipped",
  waiting: "start→running finish→done skip→skipped cancel→skipped",
  running: "wait→waiting verify→verifying finish→done cancel→done retry→pending",
  verifying: "finish→done cancel→done retry→pending",
  done: "",
  skipped: "",
} as const;

const asText = <S, E extends string>(from: S, events: readonly E[], go: (from: S, event: E) => string | null) =>
  events.flatMap((event) => {
    const to = go(from, event);
    return to === null ? [] : [`${event}→${to}`];
  });
const words = (text: string) => text.split(" ").filter(Boolean).sort();

describe("the one table of transitions", () => {
  it.each(sessionStatuses)("of a session that is %s", (status) => {
    expect(asText(status, sessionEvents, transitionSession).sort()).toEqual(words(allowedForSessions[status]));
  });
  it.each(actionStatuses)("of an action that is %s", (status) => {
    expect(asText(status, actionEvents, transitionAction).sort()).toEqual(words(allowedForActions[status]));
  });

  it("lets every session that is under way be cancelled, failed and missed, and none that has ended be changed", () => {
    const isFinal = (status: SessionStatus) => finalSessionStatuses.some((final) => final === status);
    for (const status of sessionStatuses) {
      for (const event of ["cancel", "fail", "miss"] as const) {
        expect(transitionSession(status, event) === null).toBe(isFinal(status));
      }
    }
  });

  it("leads from creation to every status, and from every status to an end", () => {
    const reach = (from: SessionStatus): Set<SessionStatus> => {
      const seen = new Set([from]);
      for (const status of seen) {
        for (const event of sessionEvents) {
          const to = transitionSession(status, event);
          if (to !== null) seen.add(to);
        }
      }
      return seen;
    };
    expect([...reach("created")].sort()).toEqual([...sessionStatuses].sort());
    for (const status of sessionStatuses) {
      expect(finalSessionStatuses.some((final) => reach(status).has(final))).toBe(true);
    }
  });

  it("leaves no action running once it is cancelled", () => {
    for (const status of actionStatuses) {
      const after = transitionAction(status, "cancel") ?? status;
      expect(["done", "skipped"]).toContain(after);
    }
  });

  it.each<[string, SessionEvent[], SessionStatus]>([
    ["nothing to do", ["start", "pass"], "passed"],
    ["announced and executed", ["start", "announce", "execute", "pass"], "passed"],
    ["postponed twice", ["start", "announce", "postpone", "postpone", "execute", "partially-pass"], "partially-passed"],
    ["offline before detection", ["lose-connection", "connect", "announce", "execute", "pass"], "passed"],
    ["offline before execution", ["start", "announce", "lose-connection", "connect", "pass"], "passed"],
    ["skipped while offline", ["miss"], "missed"],
  ])("tells the story of a session: %s", (_name, events, end) => {
    const story = events.reduce<SessionStatus | null>(
      (status, event) => (status === null ? null : transitionSession(status, event)),
      "created",
    );
    expect(story).toBe(end);
  });
});

describe("how a session is called at its end", () => {
  it.each<[(ActionResult | null)[], string]>([
    [[], "passed"],
    [["compliant", "compliant"], "passed"],
    [["compliant", "failed"], "partially-passed"],
    [["failed"], "failed"],
    [["failed", "failed", "skipped"], "failed"],
    [["not-compliant"], "passed"],
    [["not-compliant", "failed"], "partially-passed"],
    [["skipped"], "passed"],
    [["compliant", "skipped"], "passed"],
    [["compliant", "cancelled"], "partially-passed"],
    [["cancelled"], "failed"],
    [["compliant", null], "partially-passed"],
    [[null], "failed"],
  ])("%j is %s", (results, expected) => {
    expect(summarizeSession(results.map((result) => ({ result })))).toBe(expected);
  });
});

describe("when execution starts", () => {
  const detectionEndedAtMs = Date.parse("2026-11-23T15:00:00Z");
  const options = { executionDelayMinutes: 0, executionTime: null, timeZone: "Europe/Stockholm" };
  it.each([
    ["at once", {}, "2026-11-23T15:00:00.000Z"],
    ["after a delay", { executionDelayMinutes: 90 }, "2026-11-23T16:30:00.000Z"],
    ["tonight", { executionTime: "21:00" }, "2026-11-23T20:00:00.000Z"],
    ["tomorrow, when the time has passed", { executionTime: "15:00" }, "2026-11-24T14:00:00.000Z"],
    [
      "a set time goes before a delay",
      { executionTime: "21:00", executionDelayMinutes: 5 },
      "2026-11-23T20:00:00.000Z",
    ],
  ])("%s", (_name, changes, expected) => {
    const moment = nextExecutionAt({ detectionEndedAtMs, options: { ...options, ...changes } });
    expect(new Date(moment).toISOString()).toBe(expected);
  });
});
