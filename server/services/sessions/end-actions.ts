import { and, eq, inArray } from "drizzle-orm";
import { actions } from "@/db/schema";
import type { ActionResult } from "@/server/core/sessions";
import type { TransactionContext } from "../transaction";

/** Ends every action of a session that has not ended, so that no row goes on saying that it runs. */
export async function endActions(
  tx: TransactionContext,
  sessionId: number,
  outcome: { readonly result: Extract<ActionResult, "cancelled" | "failed" | "skipped">; readonly reason: string },
): Promise<void> {
  await tx.db
    .update(actions)
    .set({
      status: outcome.result === "skipped" ? "skipped" : "done",
      result: outcome.result,
      resultReason: outcome.reason,
      endedAt: tx.clock.now(),
    })
    .where(
      and(eq(actions.sessionId, sessionId), inArray(actions.status, ["pending", "waiting", "running", "verifying"])),
    );
}
