import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { JobStep, StepResult } from "@/server/agents/wire";
import { createdAtColumn, momentColumn, refColumn } from "./columns";
import { agents, computers } from "./computers";
import { actions, sessions } from "./sessions";

export const jobStatuses = ["queued", "started", "finished", "interrupted", "cancelled", "expired", "refused"] as const;
export const jobPurposes = ["identify", "inventory", "detect", "execute", "verify", "ad-hoc"] as const;

/** A batch for one agent. The ledger: a job starts at most once. */
export const jobs = pgTable(
  "jobs",
  {
    /** Deterministic from session, purpose and attempt, so that making it twice is harmless. */
    id: uuid("id").primaryKey(),
    computerId: refColumn("computer_id")
      .notNull()
      .references(() => computers.id),
    agentId: uuid("agent_id")
      .notNull()
      .references(() => agents.id),
    sessionId: refColumn("session_id").references(() => sessions.id),
    actionId: refColumn("action_id").references(() => actions.id),
    purpose: text("purpose", { enum: jobPurposes }).notNull(),
    status: text("status", { enum: jobStatuses }).notNull(),
    generation: integer("generation").notNull(),
    attempt: integer("attempt").notNull(),
    steps: jsonb("steps").$type<JobStep[]>().notNull(),
    /** Secret parameter values, encrypted; merged into the steps when the job is pushed. */
    secretsEncrypted: text("secrets_encrypted"),
    createdAt: createdAtColumn(),
    /** Not to be started any more from then on. */
    expiresAt: momentColumn("expires_at").notNull(),
    /** When it is ended without its agent's word: as `expiresAt` until it starts, then by the time limits of its steps. */
    deadlineAt: momentColumn("deadline_at").notNull(),
    /** Made by the agent; a repeated start with the same one is the same start. */
    startId: uuid("start_id"),
    /** Set on a started job that is to stop; its agent is told on each connection until it ends. */
    cancelRequestedAt: momentColumn("cancel_requested_at"),
    startedAt: momentColumn("started_at"),
    endedAt: momentColumn("ended_at"),
    endReason: text("end_reason"),
  },
  (t) => [
    index("jobs_waiting").on(t.agentId, t.createdAt).where(sql`${t.status} in ('queued','started')`),
    index("jobs_session").on(t.sessionId),
    index("jobs_action").on(t.actionId),
    index("jobs_deadline").on(t.deadlineAt).where(sql`${t.status} in ('queued','started')`),
  ],
);

export const jobResults = pgTable(
  "job_results",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    stepKey: text("step_key").notNull(),
    result: jsonb("result").$type<StepResult>().notNull(),
    startedAt: momentColumn("started_at").notNull(),
    finishedAt: momentColumn("finished_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.stepKey] })],
);

export const jobOutput = pgTable(
  "job_output",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    stepKey: text("step_key").notNull(),
    sequence: integer("sequence").notNull(),
    stream: text("stream", { enum: ["stdout", "stderr", "verbose", "warning"] }).notNull(),
    text: text("text").notNull(),
    at: momentColumn("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.stepKey, t.sequence] })],
);
