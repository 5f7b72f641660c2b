import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { deployments } from "@/db/schema";
import type { ServiceContext } from "../context";
import { ServiceError } from "../errors";

/** Changes whenever a deployment of the item is made, changed, deleted or restored: what a preview rests on. */
export async function deploymentFingerprint(ctx: ServiceContext, itemId: number): Promise<string> {
  const [state] = await ctx.db
    .select({
      n: sql<number>`count(*)::int`,
      revisions: sql<string>`coalesce(sum(${deployments.revision}), 0)::text`,
      newest: sql<string>`coalesce(max(${deployments.updatedAt}), 'epoch')::text`,
    })
    .from(deployments)
    .where(eq(deployments.itemId, itemId));
  return createHash("sha256")
    .update(JSON.stringify([itemId, state]))
    .digest("base64url")
    .slice(0, 22);
}

/** Refuses when deployments changed since the preview that the person saw. */
export async function refuseStalePreview(
  ctx: ServiceContext,
  itemId: number,
  previewFingerprint: string | undefined,
): Promise<void> {
  if (previewFingerprint === undefined) return;
  if (previewFingerprint === (await deploymentFingerprint(ctx, itemId))) return;
  throw new ServiceError("conflict", "Deployments of this item changed since the preview; look at the new one first.", {
    previewFingerprint: "is out of date",
  });
}
