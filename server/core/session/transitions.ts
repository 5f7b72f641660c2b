/** What may happen to a session and to an action, and what becomes of it (domain page, chapter 9). */
import type { ActionResult, ActionStatus, SessionStatus } from "../sessions";

/** What can happen to a session. */
export const sessionEvents = [
  "start",
  "lose-connection",
  "connect",
  "announce",
  "postpone",
  "execute",
  "pass",
  "partially-pass",
  "fail",
  "cancel",
  "miss",
] as const;
export type SessionEvent = (typeof sessionEvents)[number];

/** What can happen to an action. */
export const actionEvents = ["wait", "start", "verify", "finish", "skip", "cancel", "retry"] as const;
export type ActionEvent = (typeof actionEvents)[number];

/** Statuses a session does not leave. */
export const finalSessionStatuses = [
  "passed",
  "partially-passed",
  "failed",
  "cancelled",
  "missed",
] as const satisfies readonly SessionStatus[];

const ending = { fail: "failed", cancel: "cancelled", miss: "missed" } as const;
const waitingForExecution = {
  ...ending,
  postpone: "postponed",
  execute: "running",
  "lose-connection": "pending-connectivity",
} as const;

/** The one table; what is not in it is refused. A re-run is a new session, so nothing leaves a final status. */
const sessionTable: Readonly<Record<SessionStatus, Readonly<Partial<Record<SessionEvent, SessionStatus>>>>> = {
  created: { ...ending, start: "running", "lose-connection": "pending-connectivity" },
  "pending-connectivity": { ...ending, connect: "running", postpone: "postponed" },
  running: {
    ...ending,
    announce: "pending-execution",
    "lose-connection": "pending-connectivity",
    pass: "passed",
    "partially-pass": "partially-passed",
  },
  "pending-execution": waitingForExecution,
  postponed: waitingForExecution,
  passed: {},
  "partially-passed": {},
  failed: {},
  cancelled: {},
  missed: {},
};

/**
 * `pending → done` without `running` is what a planned failure does, and an action that became compliant while it
 * waited. Cancelling what runs ends it; cancelling what has not started skips it: no row is left running.
 */
const actionTable: Readonly<Record<ActionStatus, Readonly<Partial<Record<ActionEvent, ActionStatus>>>>> = {
  pending: { wait: "waiting", start: "running", finish: "done", skip: "skipped", cancel: "skipped" },
  waiting: { start: "running", finish: "done", skip: "skipped", cancel: "skipped" },
  running: { wait: "waiting", verify: "verifying", finish: "done", cancel: "done", retry: "pending" },
  verifying: { finish: "done", cancel: "done", retry: "pending" },
  done: {},
  skipped: {},
};

/** The next status, or null: refused. */
export function transitionSession(from: SessionStatus, event: SessionEvent): SessionStatus | null {
  return sessionTable[from][event] ?? null;
}

/** The next status, or null: refused. */
export function transitionAction(from: ActionStatus, event: ActionEvent): ActionStatus | null {
  return actionTable[from][event] ?? null;
}

/**
 * How a session that ran to its end is called, from all of its actions. An audit that found something not compliant
 * did its work, and a skipped action is neither good nor bad; one without a result never came to an end.
 */
export function summarizeSession(
  actions: readonly { readonly result: ActionResult | null }[],
): "passed" | "partially-passed" | "failed" {
  const isBad = (result: ActionResult | null) => result === "failed" || result === "cancelled" || result === null;
  const bad = actions.filter((action) => isBad(action.result)).length;
  if (bad === 0) return "passed";
  const good = actions.some((action) => action.result === "compliant" || action.result === "not-compliant");
  return good ? "partially-passed" : "failed";
}
