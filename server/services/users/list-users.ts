import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { tenants, users } from "@/db/schema";
import { authorize, inVisibleTenants, seesAllTenants } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";

export const listUsersInput = listInput(["name", "lastSignInAt", "createdAt"], { disabled: z.boolean().optional() });

/** Those who sign in to the console. People limited to a tenant see those of their tenants only. */
export async function listUsers({ ctx, input: raw }: Call<typeof listUsersInput>) {
  authorize(ctx, "read");
  const input = parseInput(listUsersInput, raw);
  const paging = startPaging(
    input,
    { name: users.displayName, lastSignInAt: users.lastSignInAt, createdAt: users.createdAt },
    users.id,
    { by: "name", descending: false },
  );
  const isAll = seesAllTenants(ctx) && (input.tenantId === undefined || input.tenantId === null);
  const filter = and(
    isAll ? undefined : inVisibleTenants(ctx, users.tenantId, input.tenantId),
    input.disabled === undefined ? undefined : input.disabled ? isNotNull(users.disabledAt) : isNull(users.disabledAt),
    matchesSearch(input.search, users.displayName, users.email),
  );
  const rows = await ctx.db
    .select({
      id: users.id,
      displayName: users.displayName,
      email: users.email,
      role: users.role,
      tenantId: users.tenantId,
      tenantName: tenants.name,
      isLocal: sql<boolean>`${users.tid} = 'local'`,
      createdAt: users.createdAt,
      lastSignInAt: users.lastSignInAt,
      disabledAt: users.disabledAt,
      pageKey: paging.pageKey,
    })
    .from(users)
    .leftJoin(tenants, eq(tenants.id, users.tenantId))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(users)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
