import { and, eq, inArray, sql } from "drizzle-orm";
import { actions } from "@/db/schema";
import type { ActionResult } from "@/server/core/sessions";
import type { TransactionContext } from "../transaction";

/**
 * Ends every action of a session that has not ended, so that no row goes on saying that it runs: what had not started
 * is skipped, what ran is done.
 */
export async function endActions(
  tx: TransactionContext,
  sessionId: number,
  outcome: { readonly result: Extract<ActionResult, "cancelled" | "failed" | "skipped">; readonly reason: string },
): Promise<void> {
  await tx.db
    .update(actions)
    .set({
      status: sql`case when ${actions.status} in ('pending', 'waiting') then 'skipped' else 'done' end`,
      result: outcome.result,
      resultReason: outcome.reason,
      endedAt: tx.clock.now(),
    })
    .where(
      and(eq(actions.sessionId, sessionId), inArray(actions.status, ["pending", "waiting", "running", "verifying"])),
    );
}
