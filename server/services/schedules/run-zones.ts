import { eq, sql } from "drizzle-orm";
import { computers, type schedules, tenants } from "@/db/schema";
import { nextOccurrences, type Recurrence } from "@/server/core/schedule";
import type { ServiceContext } from "../context";
import { mayBeMeant, reachedComputers } from "../deployments/reached-computers";
import { idArray } from "../resolution/id-array";

type ScheduleRow = typeof schedules.$inferSelect;

/** The zone whose clock a computer's sessions follow. */
const zoneOf = (schedule: ScheduleRow) =>
  schedule.timeZoneKind === "tenant"
    ? sql<string>`${tenants.timeZone}`
    : sql<string>`coalesce(${computers.timeZone}, ${tenants.timeZone})`;

/** The zones in which a schedule runs: its own, or those of the computers it may mean. */
export async function zonesOf(ctx: ServiceContext, schedule: ScheduleRow): Promise<string[]> {
  if (schedule.timeZoneKind === "schedule") return schedule.timeZone === null ? [] : [schedule.timeZone];
  const found = await ctx.db
    .selectDistinct({ zone: zoneOf(schedule) })
    .from(computers)
    .innerJoin(tenants, eq(tenants.id, computers.tenantId))
    .where(mayBeMeant(schedule));
  return found.map((row) => row.zone).sort();
}

/** The computers that a schedule means, by the zone whose clock they follow. */
export async function computersByZone(ctx: ServiceContext, schedule: ScheduleRow): Promise<Map<string, number[]>> {
  const ids = (await reachedComputers(ctx, schedule, [])).map((computer) => computer.id);
  if (schedule.timeZoneKind === "schedule") return new Map([[schedule.timeZone ?? "UTC", ids]]);
  const found = await ctx.db
    .select({ id: computers.id, zone: zoneOf(schedule) })
    .from(computers)
    .innerJoin(tenants, eq(tenants.id, computers.tenantId))
    .where(sql`${computers.id} = any(${idArray(ids)})`)
    .orderBy(computers.id);
  const byZone = new Map<string, number[]>();
  for (const { id, zone } of found) {
    const list = byZone.get(zone);
    if (list) list.push(id);
    else byZone.set(zone, [id]);
  }
  return byZone;
}

/** The next moments after one at which a schedule is due in a zone. */
export function occurrencesIn(schedule: ScheduleRow, timeZone: string, afterMs: number, limit: number): number[] {
  const recurrence: Recurrence = {
    recurrenceKind: schedule.recurrenceKind,
    recurrence: schedule.recurrence,
    detectionTime: schedule.detectionTime,
    timeZone,
  };
  return nextOccurrences({ ...recurrence, afterMs, limit, startsAtMs: schedule.createdAt.getTime() });
}
