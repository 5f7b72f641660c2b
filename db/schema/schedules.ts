import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { offlineBehaviours, rebootPreferences } from "@/server/core/sessions";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";
import { targetColumns } from "./deployments";
import { items } from "./items";
import { users } from "./people";

/** What starts sessions periodically. It never sets a desired state. */
export const schedules = pgTable(
  "schedules",
  {
    id: idColumn(),
    name: text("name").notNull(),
    ...targetColumns(),
    recurrenceKind: text("recurrence_kind", { enum: ["rrule", "cron"] }).notNull(),
    /** The days: an RRULE without times, or a cron line with detection's minute and hour. */
    recurrence: text("recurrence").notNull(),
    /** Local time `HH:MM` at which detection starts. */
    detectionTime: text("detection_time").notNull(),
    /** Local time `HH:MM` of the next occurrence after detection; null is at once. */
    executionTime: text("execution_time"),
    timeZoneKind: text("time_zone_kind", { enum: ["schedule", "tenant", "computer"] }).notNull(),
    timeZone: text("time_zone"),
    itemId: refColumn("item_id").references(() => items.id),
    offline: text("offline", { enum: offlineBehaviours }).notNull(),
    reboot: text("reboot", { enum: rebootPreferences }).notNull(),
    mailsBefore: boolean("mails_before").notNull(),
    mailsAfter: boolean("mails_after").notNull(),
    allowsPostpone: boolean("allows_postpone").notNull(),
    allowsCancel: boolean("allows_cancel").notNull(),
    allowsRunNow: boolean("allows_run_now").notNull(),
    postponeMaxCount: integer("postpone_max_count").notNull(),
    postponeMaxHours: integer("postpone_max_hours").notNull(),
    graceMinutes: integer("grace_minutes").notNull(),
    enabled: boolean("enabled").notNull().default(true),
    createdBy: refColumn("created_by").references(() => users.id),
    createdAt: createdAtColumn(),
    updatedAt: momentColumn("updated_at").notNull(),
    deletedAt: momentColumn("deleted_at"),
  },
  (t) => [
    index("schedules_name").on(t.name, t.id),
    index("schedules_live").on(t.enabled).where(sql`${t.deletedAt} is null`),
  ],
);

/** An occurrence of a schedule that was due, in one time zone. */
export const scheduleRuns = pgTable(
  "schedule_runs",
  {
    scheduleId: refColumn("schedule_id")
      .notNull()
      .references(() => schedules.id),
    dueAt: momentColumn("due_at").notNull(),
    timeZone: text("time_zone").notNull(),
    outcome: text("outcome", { enum: ["started", "missed"] }).notNull(),
    sessionCount: integer("session_count").notNull().default(0),
    recordedAt: momentColumn("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.scheduleId, t.dueAt, t.timeZone] })],
);
