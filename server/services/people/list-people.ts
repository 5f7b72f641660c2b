import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { computers, people, tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";

export const listPeopleInput = listInput(["name", "upn", "tenant", "createdAt"], {
  archived: z.boolean().default(false),
});

export async function listPeople({ ctx, input: raw }: Call<typeof listPeopleInput>) {
  authorize(ctx, "read");
  const input = parseInput(listPeopleInput, raw);
  const paging = startPaging(
    input,
    { name: people.displayName, upn: people.upn, tenant: tenants.name, createdAt: people.createdAt },
    people.id,
    { by: "name", descending: false },
  );
  const filter = and(
    inVisibleTenants(ctx, people.tenantId, input.tenantId),
    input.archived ? isNotNull(people.archivedAt) : isNull(people.archivedAt),
    matchesSearch(input.search, people.displayName, people.upn, people.email),
  );
  const rows = await ctx.db
    .select({
      id: people.id,
      displayName: people.displayName,
      upn: people.upn,
      email: people.email,
      tenantId: people.tenantId,
      tenantName: tenants.name,
      timeZone: people.timeZone,
      fromEntra: sql<boolean>`${people.entraObjectId} is not null`,
      computerCount: sql<number>`(select count(*)::int from ${computers} c where c.primary_person_id = ${people.id} and c.status <> 'archived')`,
      createdAt: people.createdAt,
      archivedAt: people.archivedAt,
      pageKey: paging.pageKey,
    })
    .from(people)
    .innerJoin(tenants, eq(tenants.id, people.tenantId))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(people)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
