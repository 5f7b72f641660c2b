import { and, desc, eq } from "drizzle-orm";
import { items, scheduleRuns, schedules, tenants, users } from "@/db/schema";
import { authorize } from "../authorize";
import { notFound } from "../errors";
import { type Call, idInput, parseInput } from "../parse";
import { inVisibleTargets } from "../targets/target-columns";
import { scheduleFields, upcomingOf } from "./schedule-columns";

/** A schedule with its next ten and its last fifty occurrences. */
export async function getSchedule({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  const [schedule] = await ctx.db
    .select(scheduleFields)
    .from(schedules)
    .leftJoin(items, eq(items.id, schedules.itemId))
    .leftJoin(tenants, eq(tenants.id, schedules.targetTenantId))
    .leftJoin(users, eq(users.id, schedules.createdBy))
    .where(and(eq(schedules.id, id), inVisibleTargets(ctx, schedules)));
  if (!schedule) throw notFound("That schedule");
  const runs = await ctx.db
    .select({
      dueAt: scheduleRuns.dueAt,
      timeZone: scheduleRuns.timeZone,
      outcome: scheduleRuns.outcome,
      sessionCount: scheduleRuns.sessionCount,
      recordedAt: scheduleRuns.recordedAt,
    })
    .from(scheduleRuns)
    .where(eq(scheduleRuns.scheduleId, id))
    .orderBy(desc(scheduleRuns.dueAt), desc(scheduleRuns.timeZone))
    .limit(50);
  return { ...schedule, upcoming: upcomingOf(schedule, ctx.clock.now(), 10), runs };
}
