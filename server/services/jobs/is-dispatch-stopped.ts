import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { authorize } from "../authorize";
import type { ServiceContext } from "../context";
import { DISPATCH_STOPPED } from "./dispatch-switch";

/** Whether the stop-all switch is on, and since when. */
export async function isDispatchStopped({
  ctx,
}: {
  ctx: ServiceContext;
}): Promise<{ stopped: boolean; since: Date | null }> {
  authorize(ctx, "read");
  const [found] = await ctx.db.select().from(settings).where(eq(settings.key, DISPATCH_STOPPED));
  return found?.value === true ? { stopped: true, since: found.updatedAt } : { stopped: false, since: null };
}
