import type { PostponeBudget } from "@/server/core/postpone";
import type { ChangeableSession } from "./changeable-session";

/** The user's budget of postponements of a waiting session, as the core judges it; null when it is not waiting. */
export function postponeBudgetOf(
  session: Pick<ChangeableSession, "options" | "executionAt" | "postponeCount" | "postponeLatestAt">,
  now: Date,
): PostponeBudget | null {
  if (session.executionAt === null) return null;
  return {
    nowMs: now.getTime(),
    executionAtMs: session.executionAt.getTime(),
    count: session.postponeCount,
    maxCount: session.options.postponeMaxCount,
    latestAtMs: session.postponeLatestAt?.getTime() ?? null,
    timeZone: session.options.timeZone,
    executionTime: session.options.executionTime,
  };
}
