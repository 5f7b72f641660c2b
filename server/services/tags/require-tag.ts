import { and, eq, isNull, or } from "drizzle-orm";
import { tags } from "@/db/schema";
import { inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";

/** The row of a tag the actor may use: the MSP's, or one of a tenant they may see. */
export async function requireTag(ctx: ServiceContext, id: number): Promise<typeof tags.$inferSelect> {
  const [tag] = await ctx.db
    .select()
    .from(tags)
    .where(and(eq(tags.id, id), or(isNull(tags.tenantId), inVisibleTenants(ctx, tags.tenantId))));
  if (!tag) throw notFound("That tag");
  return tag;
}
