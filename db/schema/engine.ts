import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, json, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { momentColumn } from "./columns";

/** Functions as the app registered them; kept so that events sent before the next registration find their runs. */
export const engineFunctions = pgTable("engine_functions", {
  id: text("id").primaryKey(),
  appId: text("app_id").notNull(),
  config: json("config").notNull(),
  registeredAt: momentColumn("registered_at").notNull(),
});

/** Events received. `externalId` is the sender's id and is taken back a day later, as in Inngest. */
export const engineEvents = pgTable(
  "engine_events",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    externalId: text("external_id"),
    payload: json("payload").notNull(),
    receivedAt: momentColumn("received_at").notNull(),
  },
  (table) => [
    uniqueIndex("engine_events_external_id").on(table.externalId).where(sql`external_id is not null`),
    index("engine_events_received_at").on(table.receivedAt),
  ],
);

/**
 * One run of a function.
 * `state` is where it stands in the queue: `ready` (wants an engine), `active` (held by engine `owner`), `parked`
 * (waits until `due_at`, for an event or for another run) or `done`. `status` is what the world is told.
 */
export const engineRuns = pgTable(
  "engine_runs",
  {
    id: text("id").primaryKey(),
    functionId: text("function_id").notNull(),
    eventId: text("event_id")
      .notNull()
      .references(() => engineEvents.id),
    state: text("state", { enum: ["ready", "active", "parked", "done"] }).notNull(),
    status: text("status", { enum: ["Queued", "Running", "Completed", "Failed", "Cancelled"] }).notNull(),
    /** Place in the queue: when it was created, moved by its priority. */
    rank: momentColumn("rank").notNull(),
    owner: integer("owner"),
    /** Counts what reached the run from outside, so that its owner never parks it without having seen that. */
    wake: integer("wake").notNull().default(0),
    attempt: integer("attempt").notNull().default(0),
    retryAt: momentColumn("retry_at"),
    dueAt: momentColumn("due_at"),
    /** Times an engine died while it held the run and the run got no further. */
    recoveries: integer("recoveries").notNull().default(0),
    slotKeys: text("slot_keys").array(),
    idempotencyKey: text("idempotency_key"),
    singletonKey: text("singleton_key"),
    parentRunId: text("parent_run_id"),
    parentStepId: text("parent_step_id"),
    output: json("output"),
    createdAt: momentColumn("created_at").notNull(),
    startedAt: momentColumn("started_at"),
    endedAt: momentColumn("ended_at"),
  },
  (table) => [
    index("engine_runs_ready").on(table.rank, table.id).where(sql`state = 'ready'`),
    index("engine_runs_active").on(table.owner).where(sql`state = 'active'`),
    index("engine_runs_parked").on(table.dueAt).where(sql`state = 'parked' and due_at is not null`),
    index("engine_runs_done").on(table.endedAt).where(sql`state = 'done'`),
    index("engine_runs_event").on(table.eventId),
    index("engine_runs_function").on(table.functionId, table.createdAt),
    uniqueIndex("engine_runs_idempotency")
      .on(table.functionId, table.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    uniqueIndex("engine_runs_singleton")
      .on(table.functionId, table.singletonKey)
      .where(sql`singleton_key is not null and state <> 'done'`),
  ],
);

/**
 * One step of a run, keyed as the SDK keys it (SHA-1 of its id). `result` is the memo handed back to the SDK; `position`
 * the order in which results were seen, which decides who wins a race and so must never change. `arrived` is a result
 * brought from outside that the run's owner has not yet put in order.
 */
export const engineSteps = pgTable(
  "engine_steps",
  {
    runId: text("run_id").notNull(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    op: text("op").notNull(),
    state: text("state", { enum: ["planned", "sleeping", "waiting", "invoking", "arrived", "done"] }).notNull(),
    race: boolean("race").notNull().default(false),
    attempt: integer("attempt").notNull().default(0),
    dueAt: momentColumn("due_at"),
    result: json("result"),
    position: integer("position"),
    createdAt: momentColumn("created_at").notNull(),
    endedAt: momentColumn("ended_at"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.id] }),
    foreignKey({ columns: [table.runId], foreignColumns: [engineRuns.id] }).onDelete("cascade"),
  ],
);

/**
 * What an event can do to a run: end one of its waits, or cancel it. `matchKey` is the part of the expression that an
 * index can answer (empty: none), so that an event finds its one run among a hundred thousand waiting ones.
 */
export const engineWaits = pgTable(
  "engine_waits",
  {
    runId: text("run_id").notNull(),
    stepId: text("step_id").notNull(),
    kind: text("kind", { enum: ["wait", "cancel"] }).notNull(),
    eventName: text("event_name").notNull(),
    matchKey: text("match_key").notNull(),
    expression: text("expression"),
    expiresAt: momentColumn("expires_at"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.stepId] }),
    foreignKey({ columns: [table.runId], foreignColumns: [engineRuns.id] }).onDelete("cascade"),
    index("engine_waits_match").on(table.eventName, table.matchKey),
  ],
);

/** The next tick of every cron trigger. */
export const engineCrons = pgTable(
  "engine_crons",
  {
    functionId: text("function_id").notNull(),
    expression: text("expression").notNull(),
    nextAt: momentColumn("next_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.functionId, table.expression] })],
);
