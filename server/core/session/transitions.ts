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

/** The next status, or null: refused. */
export function transitionSession(from: SessionStatus, event: SessionEvent): SessionStatus | null {
  throw new Error(`not written yet: ${from} ${event}`);
}

/** The next status, or null: refused. */
export function transitionAction(from: ActionStatus, event: ActionEvent): ActionStatus | null {
  throw new Error(`not written yet: ${from} ${event}`);
}

/** Statuses a session does not leave. */
export const finalSessionStatuses = [
  "passed",
  "partially-passed",
  "failed",
  "cancelled",
  "missed",
] as const satisfies readonly SessionStatus[];

/** How a session that ran to its end is called, from all of its actions. */
export function summarizeSession(
  actions: readonly { readonly result: ActionResult | null }[],
): "passed" | "partially-passed" | "failed" {
  throw new Error(`not written yet: ${actions.length}`);
}
