import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { items, schedules, tenants, users } from "@/db/schema";
import { authorize } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";
import { inVisibleTargets } from "../targets/target-columns";
import { scheduleFields, upcomingOf } from "./schedule-columns";

export const listSchedulesInput = listInput(["name", "updatedAt"], {
  enabled: z.boolean().optional(),
  itemId: z.number().int().positive().optional(),
  deleted: z.boolean().default(false),
});

/** Schedules the actor may see, with when they are due next. */
export async function listSchedules({ ctx, input: raw }: Call<typeof listSchedulesInput>) {
  authorize(ctx, "read");
  const input = parseInput(listSchedulesInput, raw);
  const paging = startPaging(input, { name: schedules.name, updatedAt: schedules.updatedAt }, schedules.id, {
    by: "name",
    descending: false,
  });
  const filter = and(
    inVisibleTargets(ctx, schedules, input.tenantId),
    input.deleted ? isNotNull(schedules.deletedAt) : isNull(schedules.deletedAt),
    input.enabled === undefined ? undefined : eq(schedules.enabled, input.enabled),
    input.itemId === undefined ? undefined : eq(schedules.itemId, input.itemId),
    matchesSearch(input.search, schedules.name),
  );
  const rows = await ctx.db
    .select({ ...scheduleFields, pageKey: paging.pageKey })
    .from(schedules)
    .leftJoin(items, eq(items.id, schedules.itemId))
    .leftJoin(tenants, eq(tenants.id, schedules.targetTenantId))
    .leftJoin(users, eq(users.id, schedules.createdBy))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(schedules)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  const now = ctx.clock.now();
  return paging.finish(
    rows.map((row) => ({ ...row, nextRunAt: upcomingOf(row, now, 1)[0] ?? null })),
    await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted),
  );
}
