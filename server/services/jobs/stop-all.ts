import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeAllTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { withTransaction } from "../transaction";
import { DISPATCH_STOPPED } from "./dispatch-switch";

/** Holds every dispatch: no job is pushed or started until {@link resume}. What runs goes on. */
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
