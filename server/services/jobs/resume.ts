import { eq } from "drizzle-orm";
import { jobs, settings } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeAllTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { withTransaction } from "../transaction";
import { DISPATCH_STOPPED } from "./dispatch-switch";

/** Ends what `stopAll` began: jobs that have not expired meanwhile go out at once. */
export async function resume({ ctx }: { ctx: ServiceContext }): Promise<void> {
  authorize(ctx, "administer");
  authorizeAllTenants(ctx);
  await withTransaction(ctx, async (tx) => {
    const removed = await tx.db.delete(settings).where(eq(settings.key, DISPATCH_STOPPED)).returning();
    if (removed.length === 0) return;
    const waiting = await tx.db
      .select({ agentId: jobs.agentId, jobId: jobs.id })
      .from(jobs)
      .where(eq(jobs.status, "queued"))
      .orderBy(jobs.createdAt);
    for (const job of waiting) tx.signal({ channel: "jobs", ...job, what: "created" });
    await audit(tx, {
      action: "dispatch.resume",
      entity: "setting",
      entityId: DISPATCH_STOPPED,
      tenantId: null,
      before: true,
      after: false,
    });
  });
}
