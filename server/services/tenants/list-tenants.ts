import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";
import { tenantCounts } from "./tenant-counts";

export const listTenantsInput = listInput(["name", "createdAt"], {
  kind: z.array(z.enum(["msp", "customer", "site"])).optional(),
  archived: z.boolean().default(false),
});

/** Tenants the actor may see, with what they hold. */
export async function listTenants({ ctx, input: raw }: Call<typeof listTenantsInput>) {
  authorize(ctx, "read");
  const input = parseInput(listTenantsInput, raw);
  const paging = startPaging(input, { name: tenants.name, createdAt: tenants.createdAt }, tenants.id, {
    by: "name",
    descending: false,
  });
  const parent = alias(tenants, "parent");
  const filter = and(
    inVisibleTenants(ctx, tenants.id, input.tenantId),
    input.archived ? isNotNull(tenants.archivedAt) : isNull(tenants.archivedAt),
    input.kind?.length ? inArray(tenants.kind, input.kind) : undefined,
    matchesSearch(input.search, tenants.name, tenants.slug),
  );
  const rows = await ctx.db
    .select({
      id: tenants.id,
      name: tenants.name,
      slug: tenants.slug,
      kind: tenants.kind,
      parentId: tenants.parentId,
      parentName: parent.name,
      timeZone: tenants.timeZone,
      optsOutOfCrossTenant: tenants.optsOutOfCrossTenant,
      createdAt: tenants.createdAt,
      archivedAt: tenants.archivedAt,
      ...tenantCounts,
      pageKey: paging.pageKey,
    })
    .from(tenants)
    .leftJoin(parent, eq(parent.id, tenants.parentId))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(tenants)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
