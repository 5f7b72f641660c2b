import { sql } from "drizzle-orm";
import { computers, items, scheduleRuns, schedules, tenants, users } from "@/db/schema";
import { nextOccurrences } from "@/server/core/schedule";
import { targetFields } from "../targets/target-columns";

/** What is said of a schedule. The query left joins `items`, `tenants` and `users`. */
export const scheduleFields = {
  id: schedules.id,
  name: schedules.name,
  ...targetFields(schedules),
  recurrenceKind: schedules.recurrenceKind,
  recurrence: schedules.recurrence,
  detectionTime: schedules.detectionTime,
  executionTime: schedules.executionTime,
  timeZoneKind: schedules.timeZoneKind,
  timeZone: schedules.timeZone,
  itemId: schedules.itemId,
  itemName: items.name,
  offline: schedules.offline,
  reboot: schedules.reboot,
  mailsBefore: schedules.mailsBefore,
  mailsAfter: schedules.mailsAfter,
  allowsPostpone: schedules.allowsPostpone,
  allowsCancel: schedules.allowsCancel,
  allowsRunNow: schedules.allowsRunNow,
  postponeMaxCount: schedules.postponeMaxCount,
  postponeMaxHours: schedules.postponeMaxHours,
  graceMinutes: schedules.graceMinutes,
  enabled: schedules.enabled,
  createdByName: users.displayName,
  createdAt: schedules.createdAt,
  updatedAt: schedules.updatedAt,
  deletedAt: schedules.deletedAt,
  /** Where the next occurrence is told for: its own zone, else one of those in which it runs. */
  shownTimeZone: sql<string>`coalesce(${schedules.timeZone},
    case when ${schedules.timeZoneKind} = 'computer' then (select c.time_zone from ${computers} c where ${schedules.targetType} = 'computer' and c.id = ${schedules.targetId}) end,
    ${tenants.timeZone}, (select m.time_zone from ${tenants} m where m.kind = 'msp'), 'UTC')`,
  lastRunAt:
    sql<Date | null>`(select max(r.due_at) from ${scheduleRuns} r where r.schedule_id = ${schedules.id})`.mapWith(
      (value: unknown) => (value === null ? null : new Date(String(value))),
    ),
} as const;

interface Recurring {
  readonly enabled: boolean;
  readonly deletedAt: Date | null;
  readonly recurrenceKind: "rrule" | "cron";
  readonly recurrence: string;
  readonly detectionTime: string;
  readonly shownTimeZone: string;
  readonly createdAt: Date;
}

/** The next moments at which a schedule is due where it is shown; none while it is off. */
export function upcomingOf(schedule: Recurring, after: Date, limit: number): Date[] {
  if (!schedule.enabled || schedule.deletedAt !== null) return [];
  return nextOccurrences({
    recurrenceKind: schedule.recurrenceKind,
    recurrence: schedule.recurrence,
    detectionTime: schedule.detectionTime,
    timeZone: schedule.shownTimeZone,
    afterMs: after.getTime(),
    limit,
    startsAtMs: schedule.createdAt.getTime(),
  }).map((atMs) => new Date(atMs));
}
