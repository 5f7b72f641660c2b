import { and, eq, isNull, or, sql } from "drizzle-orm";
import { tagAssignments, tags, tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";

export const listTagsInput = listInput(["name", "createdAt"], {});

/** The MSP's tags, which all may use, and those of the tenants the actor may see. */
export async function listTags({ ctx, input: raw }: Call<typeof listTagsInput>) {
  authorize(ctx, "read");
  const input = parseInput(listTagsInput, raw);
  const paging = startPaging(input, { name: tags.name, createdAt: tags.createdAt }, tags.id, {
    by: "name",
    descending: false,
  });
  const filter = and(
    or(isNull(tags.tenantId), inVisibleTenants(ctx, tags.tenantId, input.tenantId)),
    matchesSearch(input.search, tags.name),
  );
  const countOf = (column: string) =>
    sql<number>`(select count(a.${sql.raw(column)})::int from ${tagAssignments} a where a.tag_id = ${tags.id})`;
  const rows = await ctx.db
    .select({
      id: tags.id,
      name: tags.name,
      color: tags.color,
      tenantId: tags.tenantId,
      tenantName: tenants.name,
      computerCount: countOf("computer_id"),
      tenantCount: countOf("tenant_id"),
      personCount: countOf("person_id"),
      createdAt: tags.createdAt,
      pageKey: paging.pageKey,
    })
    .from(tags)
    .leftJoin(tenants, eq(tenants.id, tags.tenantId))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(tags)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
