import { and, asc, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { matchesSearch } from "../paging";
import { type Call, parseInput } from "../parse";

export const listTenantOptionsInput = z.strictObject({
  search: z.string().trim().max(200).optional(),
  limit: z.number().int().min(1).max(5_000).default(1_000),
});

/** Tenants to choose from, in tree order: the switcher, and the tenant of a target. `depth` 0 is the MSP. */
export async function listTenantOptions({ ctx, input: raw }: Call<typeof listTenantOptionsInput>) {
  authorize(ctx, "read");
  const input = parseInput(listTenantOptionsInput, raw);
  const path = sql`(select array_agg(a.name || chr(1) || a.id order by cardinality(a.ancestor_ids)) from ${tenants} a where a.id = any(${tenants.ancestorIds}))`;
  return ctx.db
    .select({
      id: tenants.id,
      name: tenants.name,
      kind: tenants.kind,
      parentId: tenants.parentId,
      depth: sql<number>`cardinality("tenants"."ancestor_ids") - 1`,
    })
    .from(tenants)
    .where(
      and(inVisibleTenants(ctx, tenants.id), isNull(tenants.archivedAt), matchesSearch(input.search, tenants.name)),
    )
    .orderBy(asc(path))
    .limit(input.limit);
}
