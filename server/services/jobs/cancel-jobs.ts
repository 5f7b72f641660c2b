import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { jobs } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";
import { emitFinished } from "./emit-finished";

/** How long a running job has to stop after its agent was told. */
export const CANCEL_GRACE_SECONDS = 120;

const input = z.union([
  z.strictObject({ sessionId: z.number().int(), reason: z.string().max(1000) }),
  z.strictObject({ jobIds: z.array(z.uuid()).max(10_000).readonly(), reason: z.string().max(1000) }),
]);

export interface CancelledJobs {
  /** Never started, and never will. */
  readonly cancelled: readonly string[];
  /** Running: their agents are told to stop, and each ends with what its agent reports, or after the grace. */
  readonly stopping: readonly string[];
}

/** Calls jobs off. What is queued ends at once; what runs is told to stop. Doing it again changes nothing. */
export async function cancelJobs({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.input<typeof input>;
}): Promise<CancelledJobs> {
  authorizeSystem(ctx);
  recordsNoChange("the ledger is the record; who called a session off stands in its own entry");
  const wanted = parseInput(input, raw);
  const which = "sessionId" in wanted ? eq(jobs.sessionId, wanted.sessionId) : inArray(jobs.id, [...wanted.jobIds]);
  return withTransaction(ctx, (tx) => cancelWhere(tx, which, wanted.reason));
}

/** As {@link cancelJobs}, for those that are told apart in another way; inside the caller's transaction. */
export async function cancelWhere(
  tx: TransactionContext,
  which: ReturnType<typeof eq>,
  reason: string,
): Promise<CancelledJobs> {
  const now = tx.clock.now();
  const shown = { id: jobs.id, agentId: jobs.agentId, sessionId: jobs.sessionId };
  const cancelled = await tx.db
    .update(jobs)
    .set({ status: "cancelled", endedAt: now, endReason: reason, secretsEncrypted: null })
    .where(and(which, eq(jobs.status, "queued")))
    .returning(shown);
  const deadline = new Date(now.getTime() + CANCEL_GRACE_SECONDS * 1000).toISOString();
  const stopping = await tx.db
    .update(jobs)
    .set({
      cancelRequestedAt: now,
      endReason: reason,
      deadlineAt: sql`least(${jobs.deadlineAt}, ${deadline}::timestamptz)`,
    })
    .where(and(which, eq(jobs.status, "started"), sql`${jobs.cancelRequestedAt} is null`))
    .returning(shown);
  await emitFinished(
    tx,
    cancelled.map((job) => ({ ...job, status: "cancelled" })),
  );
  for (const job of [...cancelled, ...stopping]) {
    tx.signal({ channel: "jobs", agentId: job.agentId, jobId: job.id, what: "cancelled" });
  }
  return { cancelled: cancelled.map(({ id }) => id), stopping: stopping.map(({ id }) => id) };
}
