import { eq, sql } from "drizzle-orm";
import { inventories, jobs } from "@/db/schema";
import type { StepResult } from "@/server/agents/wire";
import { checkIn } from "../agents/check-in";
import type { TransactionContext } from "../transaction";

/** Keeps what a job read of the whole machine: its facts, and its inventory unless a newer one is there. */
export async function recordMachine(
  tx: TransactionContext,
  job: { readonly jobId: string; readonly computerId: number },
  results: Readonly<Record<string, StepResult>>,
): Promise<void> {
  for (const result of Object.values(results)) {
    if (result.kind === "facts") {
      const [by] = await tx.db.select({ agentId: jobs.agentId }).from(jobs).where(eq(jobs.id, job.jobId));
      if (by) await checkIn({ ctx: tx, input: { checkIns: [{ agentId: by.agentId, facts: result.facts }] } });
    }
    if (result.kind === "inventory") {
      const reading = { takenAt: new Date(result.takenAt), entries: result.entries };
      await tx.db
        .insert(inventories)
        .values({ computerId: job.computerId, ...reading })
        .onConflictDoUpdate({
          target: inventories.computerId,
          set: reading,
          setWhere: sql`${inventories.takenAt} <= excluded.taken_at`,
        });
    }
  }
}
