import { and, eq, isNull } from "drizzle-orm";
import { computers, sessions } from "@/db/schema";
import type { SessionStatus } from "@/server/core/sessions";
import { cancelJobs } from "../jobs/cancel-jobs";
import type { TransactionContext } from "../transaction";
import { passTurn } from "./computer-turn";
import { endActions } from "./end-actions";
import type { RunningSession } from "./run-session-row";
import { writeSessionEvent } from "./session-events";

export type FinalStatus = Extract<SessionStatus, "passed" | "partially-passed" | "failed" | "missed">;

/**
 * Ends a session: its status, what is left of its actions and jobs, the computer's turn, and where it onboarded, the
 * computer's status. Ending one that has ended changes nothing; false then.
 */
export async function endSession(
  tx: TransactionContext,
  running: RunningSession,
  outcome: { readonly status: FinalStatus; readonly sentence: string },
): Promise<boolean> {
  const { session, computerId } = running;
  const at = tx.clock.now();
  const [ended] = await tx.db
    .update(sessions)
    .set({ status: outcome.status, statusReason: outcome.sentence, endedAt: at })
    .where(and(eq(sessions.id, session.id), isNull(sessions.endedAt)))
    .returning({ id: sessions.id });
  if (!ended) return false;
  await endActions(tx, session.id, { result: "skipped", reason: outcome.sentence });
  if (outcome.status === "failed" || outcome.status === "missed") {
    await cancelJobs({ ctx: tx, input: { sessionId: session.id, reason: outcome.sentence } });
  }
  if (session.kind === "onboarding") await endOnboarding(tx, computerId, outcome.status, at);
  await writeSessionEvent(tx, session.id, {
    key: "ended",
    kind: "ended",
    sentence: outcome.sentence,
    data: { status: outcome.status },
  });
  await passTurn(tx, { id: session.id, computerId });
  return true;
}

async function endOnboarding(tx: TransactionContext, computerId: number, status: FinalStatus, at: Date) {
  const done = status === "passed" || status === "partially-passed";
  await tx.db
    .update(computers)
    .set(done ? { status: "onboarded", onboardedAt: at } : { status: "needs-onboarding" })
    .where(and(eq(computers.id, computerId), eq(computers.status, "onboarding")));
}
