import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { jobs, sessions, settings } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeAllTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { withTransaction } from "../transaction";
import { DISPATCH_STOPPED, HELD_REASON } from "./dispatch-switch";

/** Ends what `stopAll` began: what waited goes out at once, with as much time to be started as it had left. */
export async function resume({ ctx }: { ctx: ServiceContext }): Promise<void> {
  authorize(ctx, "administer");
  authorizeAllTenants(ctx);
  await withTransaction(ctx, async (tx) => {
    const removed = await tx.db.delete(settings).where(eq(settings.key, DISPATCH_STOPPED)).returning();
    const [stopped] = removed;
    if (!stopped) return;
    const heldFor = sql`(${tx.clock.now().toISOString()}::timestamptz
      - greatest(${jobs.createdAt}, ${stopped.updatedAt.toISOString()}::timestamptz))`;
    const waiting = await tx.db
      .update(jobs)
      .set({ expiresAt: sql`${jobs.expiresAt} + ${heldFor}`, deadlineAt: sql`${jobs.deadlineAt} + ${heldFor}` })
      .where(eq(jobs.status, "queued"))
      .returning({ agentId: jobs.agentId, jobId: jobs.id, createdAt: jobs.createdAt });
    waiting.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    for (const { agentId, jobId } of waiting) tx.signal({ channel: "jobs", agentId, jobId, what: "created" });
    const ofWaiting = tx.db.select({ id: jobs.sessionId }).from(jobs).where(eq(jobs.status, "queued"));
    const released = await tx.db
      .update(sessions)
      .set({ statusReason: null })
      .where(and(inArray(sessions.id, ofWaiting), isNull(sessions.endedAt), eq(sessions.statusReason, HELD_REASON)))
      .returning({ id: sessions.id });
    for (const { id } of released) tx.signal({ channel: "sessions", sessionId: id });
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
