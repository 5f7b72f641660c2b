import type { TransactionContext } from "../transaction";

/** Tells durable functions, and whoever watches the sessions, that jobs have ended. Once a job, however often called. */
export async function emitFinished(
  tx: TransactionContext,
  ended: readonly { readonly id: string; readonly sessionId: number | null; readonly status: string }[],
): Promise<void> {
  if (ended.length === 0) return;
  await tx.emitMany(
    "agent/job.finished",
    ended.map((job) => ({ id: `agent/job.finished/${job.id}`, data: { jobId: job.id, status: job.status } })),
  );
  for (const sessionId of new Set(ended.map((job) => job.sessionId))) {
    if (sessionId !== null) tx.signal({ channel: "sessions", sessionId });
  }
}
