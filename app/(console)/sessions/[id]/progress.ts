import type { SessionAction, SessionDetail } from "./session-view";

/** Actions that change something; the rest only looked. */
export const isTodo = (action: SessionAction) => !["none", "audit", "monitor"].includes(action.type);

export interface Progress {
  readonly todo: readonly SessionAction[];
  readonly quiet: readonly SessionAction[];
  readonly doneCount: number;
  readonly failedCount: number;
  /** Counted from one; null when none runs. */
  readonly runningNumber: number | null;
}

/** How far a session is. What was audited and failed is shown among what is to be done: it needs a person. */
export function progressOf(session: SessionDetail): Progress {
  const isShown = (action: SessionAction) =>
    isTodo(action) || action.result === "failed" || action.result === "not-compliant";
  const todo = session.actions.filter(isShown);
  const running = todo.findIndex((action) => action.status === "running" || action.status === "verifying");
  return {
    todo,
    quiet: session.actions.filter((action) => !isShown(action)),
    doneCount: todo.filter((action) => action.result !== null).length,
    failedCount: todo.filter((action) => action.result === "failed" || action.result === "not-compliant").length,
    runningNumber: running < 0 ? null : running + 1,
  };
}
