import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { items, schedules, tenants, users } from "@/db/schema";
import { authorize } from "../authorize";
import { type Call, parseInput } from "../parse";
import { inVisibleTargets } from "../targets/target-columns";
import { scheduleFields, upcomingOf } from "./schedule-columns";

export const listUpcomingInput = z.strictObject({
  hours: z
    .number()
    .int()
    .min(1)
    .max(24 * 31)
    .default(24),
  tenantId: z.number().int().positive().nullish(),
});
const LIMIT = 500;

/** What is due in the next hours, soonest first; at most 500 occurrences. */
export async function listUpcoming({ ctx, input: raw }: Call<typeof listUpcomingInput>) {
  authorize(ctx, "read");
  const input = parseInput(listUpcomingInput, raw);
  const now = ctx.clock.now();
  const until = now.getTime() + input.hours * 3_600_000;
  const live = await ctx.db
    .select(scheduleFields)
    .from(schedules)
    .leftJoin(items, eq(items.id, schedules.itemId))
    .leftJoin(tenants, eq(tenants.id, schedules.targetTenantId))
    .leftJoin(users, eq(users.id, schedules.createdBy))
    .where(
      and(eq(schedules.enabled, true), isNull(schedules.deletedAt), inVisibleTargets(ctx, schedules, input.tenantId)),
    )
    .limit(2_000);
  return live
    .flatMap((schedule) =>
      upcomingOf(schedule, now, 50)
        .filter((dueAt) => dueAt.getTime() <= until)
        .map((dueAt) => ({
          scheduleId: schedule.id,
          name: schedule.name,
          dueAt,
          timeZone: schedule.shownTimeZone,
          executionTime: schedule.executionTime,
          targetTenantName: schedule.targetTenantName,
          targetLabel: schedule.targetLabel,
        })),
    )
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.scheduleId - b.scheduleId)
    .slice(0, LIMIT);
}
