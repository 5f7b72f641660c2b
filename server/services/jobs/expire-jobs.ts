import { inArray, sql } from "drizzle-orm";
import { jobs } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { withTransaction } from "../transaction";
import { dispatchIsStopped } from "./dispatch-switch";
import { emitFinished } from "./emit-finished";

const BATCH_SIZE = 1000;

/**
 * Ends jobs whose deadline has passed: queued ones that were never started, and started ones of which nothing was heard
 * within the time limits of their steps, or within the grace after they were cancelled. What waits because every
 * dispatch is stopped does not expire meanwhile. Answers how many.
 */
export async function expireJobs({ ctx }: { ctx: ServiceContext }): Promise<number> {
  authorizeSystem(ctx);
  recordsNoChange("the ledger is the record");
  let total = 0;
  for (;;) {
    const count = await expireBatch(ctx);
    total += count;
    if (count < BATCH_SIZE) return total;
  }
}

function expireBatch(ctx: ServiceContext): Promise<number> {
  const now = ctx.clock.now();
  return withTransaction(ctx, async (tx) => {
    const overdue = tx.db
      .select({ id: jobs.id })
      .from(jobs)
      .where(
        sql`${jobs.status} in ('queued','started') and ${jobs.deadlineAt} <= ${now.toISOString()}::timestamptz
          and (${jobs.status} = 'started' or not ${dispatchIsStopped})`,
      )
      .orderBy(jobs.deadlineAt)
      .limit(BATCH_SIZE)
      .for("update", { skipLocked: true });
    const ended = await tx.db
      .update(jobs)
      .set({
        status: sql`case when ${jobs.cancelRequestedAt} is null then 'expired' else 'cancelled' end`,
        endedAt: now,
        endReason: sql`case
          when ${jobs.status} = 'queued' then 'It was not started in time.'
          when ${jobs.cancelRequestedAt} is null then 'Nothing was heard of it within its time limit.'
          else 'It was cancelled; the agent did not say what became of it.' end`,
      })
      .where(inArray(jobs.id, overdue))
      .returning({ id: jobs.id, sessionId: jobs.sessionId, status: jobs.status });
    await emitFinished(tx, ended);
    return ended.length;
  });
}
