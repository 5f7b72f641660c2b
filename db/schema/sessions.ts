import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { DesiredState } from "@/server/core/deployments";
import type { ParameterValues } from "@/server/core/items";
import type { PlannedAction } from "@/server/core/plan/types";
import {
  actionReasons,
  actionResults,
  actionStatuses,
  actionTypes,
  type SessionOptions,
  sessionKinds,
  sessionStages,
  sessionStatuses,
} from "@/server/core/sessions";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";
import { computers } from "./computers";
import { deployments } from "./deployments";
import { items } from "./items";
import { users } from "./people";
import { schedules } from "./schedules";
import { tenants } from "./tenants";

/** One run against one computer (or, for cloud tasks, one tenant). */
export const sessions = pgTable(
  "sessions",
  {
    id: idColumn(),
    tenantId: refColumn("tenant_id")
      .notNull()
      .references(() => tenants.id),
    /** Null for a cloud session against the tenant. */
    computerId: refColumn("computer_id").references(() => computers.id),
    kind: text("kind", { enum: sessionKinds }).notNull(),
    cause: text("cause", { enum: ["ad-hoc", "schedule", "onboarding"] }).notNull(),
    scheduleId: refColumn("schedule_id").references(() => schedules.id),
    /** Single-item and re-run sessions. */
    itemId: refColumn("item_id").references(() => items.id),
    status: text("status", { enum: sessionStatuses }).notNull(),
    stage: text("stage", { enum: sessionStages }).notNull(),
    /** A sentence on why it is where it is: what it waits for, what failed. */
    statusReason: text("status_reason"),
    options: jsonb("options").$type<SessionOptions>().notNull(),
    generation: integer("generation").notNull(),
    /** When execution starts; moved by postponing and run now. */
    executionAt: momentColumn("execution_at"),
    /** Counted by the user's postponements. */
    postponeCount: integer("postpone_count").notNull().default(0),
    postponeLatestAt: momentColumn("postpone_latest_at"),
    planHash: text("plan_hash"),
    planFrozenAt: momentColumn("plan_frozen_at"),
    planVerifiedAt: momentColumn("plan_verified_at"),
    /** The trace of every decision the session acted on. */
    trace: jsonb("trace"),
    createdBy: refColumn("created_by").references(() => users.id),
    createdAt: createdAtColumn(),
    startedAt: momentColumn("started_at"),
    executionStartedAt: momentColumn("execution_started_at"),
    endedAt: momentColumn("ended_at"),
    cancelRequestedAt: momentColumn("cancel_requested_at"),
    /**
     * Whether the session has the computer to itself (`holds`), is in the queue for it (`waits`), or needs it no more or
     * not yet (null): while it waits for its execution time or for the computer to connect, others may run.
     */
    computerTurn: text("computer_turn", { enum: ["holds", "waits"] }),
  },
  (t) => [
    index("sessions_computer").on(t.computerId, t.id),
    index("sessions_tenant").on(t.tenantId, t.id),
    index("sessions_status").on(t.status, t.id),
    index("sessions_created").on(t.createdAt, t.id),
    index("sessions_live").on(t.computerId).where(sql`${t.endedAt} is null`),
    index("sessions_schedule").on(t.scheduleId),
    uniqueIndex("sessions_one_holder").on(t.computerId).where(sql`${t.computerTurn} = 'holds'`),
    index("sessions_queue").on(t.computerId).where(sql`${t.computerTurn} = 'waits'`),
  ],
);

/** What happened in a session, in order: who was told what and when, postponements, stage changes. */
export const sessionEvents = pgTable(
  "session_events",
  {
    id: idColumn(),
    sessionId: refColumn("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    /** Makes writing one twice harmless. */
    key: text("key").notNull(),
    kind: text("kind").notNull(),
    sentence: text("sentence").notNull(),
    data: jsonb("data"),
    at: momentColumn("at").notNull(),
  },
  (t) => [uniqueIndex("session_events_key").on(t.sessionId, t.key), index("session_events_at").on(t.sessionId, t.id)],
);

/** One step of a session: the frozen plan, and what became of it. */
export const actions = pgTable(
  "actions",
  {
    id: idColumn(),
    sessionId: refColumn("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    itemId: refColumn("item_id")
      .notNull()
      .references(() => items.id),
    type: text("type", { enum: actionTypes }).notNull(),
    reason: text("reason", { enum: actionReasons }).notNull(),
    status: text("status", { enum: actionStatuses }).notNull(),
    result: text("result", { enum: actionResults }),
    /** "Install 7-Zip 24.09 because it was not detected." */
    sentence: text("sentence").notNull(),
    /** Why it failed or was skipped; a sentence. */
    resultReason: text("result_reason"),
    deploymentId: refColumn("deployment_id").references(() => deployments.id),
    desiredState: text("desired_state").$type<DesiredState>().notNull(),
    detectedVersion: text("detected_version"),
    wantedVersion: text("wanted_version"),
    resultVersion: text("result_version"),
    parameters: jsonb("parameters").$type<ParameterValues>().notNull().default({}),
    /** The action that needs this one first, when it is here as a prerequisite. */
    requiredById: refColumn("required_by_id").references((): AnyPgColumn => actions.id),
    /** Positions of actions that must succeed first. */
    dependsOn: integer("depends_on").array().notNull().default(sql`'{}'::integer[]`),
    attempt: integer("attempt").notNull().default(0),
    safeToRetry: boolean("safe_to_retry").notNull().default(false),
    recordedValue: jsonb("recorded_value"),
    /** The action as it was planned and hashed. */
    planned: jsonb("planned").$type<PlannedAction>(),
    startedAt: momentColumn("started_at"),
    endedAt: momentColumn("ended_at"),
  },
  (t) => [
    uniqueIndex("actions_position").on(t.sessionId, t.position),
    index("actions_item").on(t.itemId, t.id),
    index("actions_failed").on(t.itemId, t.endedAt).where(sql`${t.result} = 'failed'`),
  ],
);
