import { and, eq, inArray, isNull } from "drizzle-orm";
import { jobs, sessions, settings } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeAllTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { withTransaction } from "../transaction";
import { DISPATCH_STOPPED, HELD_REASON } from "./dispatch-switch";

/** Holds every dispatch: no job is pushed or started until {@link resume}. What runs goes on; what waits says so. */
export async function stopAll({ ctx }: { ctx: ServiceContext }): Promise<void> {
  authorize(ctx, "administer");
  authorizeAllTenants(ctx);
  await withTransaction(ctx, async (tx) => {
    const [before] = await tx.db
      .select({ value: settings.value })
      .from(settings)
      .where(eq(settings.key, DISPATCH_STOPPED));
    if (before?.value === true) return;
    const updatedAt = tx.clock.now();
    await tx.db
      .insert(settings)
      .values({ key: DISPATCH_STOPPED, value: true, updatedAt })
      .onConflictDoUpdate({ target: settings.key, set: { value: true, updatedAt } });
    const waiting = tx.db.select({ id: jobs.sessionId }).from(jobs).where(eq(jobs.status, "queued"));
    const held = await tx.db
      .update(sessions)
      .set({ statusReason: HELD_REASON })
      .where(and(inArray(sessions.id, waiting), isNull(sessions.endedAt)))
      .returning({ id: sessions.id });
    for (const { id } of held) tx.signal({ channel: "sessions", sessionId: id });
    await audit(tx, {
      action: "dispatch.stop",
      entity: "setting",
      entityId: DISPATCH_STOPPED,
      tenantId: null,
      before: false,
      after: true,
    });
  });
}
