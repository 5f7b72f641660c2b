import { bigint, index, inet, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";

/** Who did what, before and after, from where. Rows of one chain are linked by hash. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: idColumn(),
    /** `tenant:<id>` or `msp`; each chain counts and links its own entries. */
    chain: text("chain").notNull(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    at: momentColumn("at").notNull(),
    actorKind: text("actor_kind", { enum: ["user", "agent", "recipient", "system"] }).notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    tenantId: refColumn("tenant_id"),
    /** `deployment.create` */
    action: text("action").notNull(),
    entity: text("entity").notNull(),
    entityId: text("entity_id").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    address: inet("address"),
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    uniqueIndex("audit_log_chain").on(t.chain, t.sequence),
    index("audit_log_at").on(t.at, t.id),
    index("audit_log_tenant").on(t.tenantId, t.id),
    index("audit_log_entity").on(t.entity, t.entityId, t.id),
  ],
);

/** Events waiting to be handed to the durable-function engine; written with the change that causes them. */
export const outboxEvents = pgTable(
  "outbox_events",
  {
    /** Deterministic; the engine ignores one it has seen. */
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    data: jsonb("data").notNull(),
    createdAt: createdAtColumn(),
    attempts: integer("attempts").notNull().default(0),
  },
  (t) => [index("outbox_events_created").on(t.createdAt)],
);

/** Processes that hold agents' connections. One that stops writing here is dead, and its agents are offline. */
export const hubs = pgTable("hubs", {
  id: text("id").primaryKey(),
  /** Host and port: a process that starts under the same name has taken the place of the one before. */
  name: text("name").notNull(),
  startedAt: momentColumn("started_at").notNull(),
  seenAt: momentColumn("seen_at").notNull(),
});

/** Keys that sign jobs. The private half is encrypted. */
export const signingKeys = pgTable("signing_keys", {
  keyId: text("key_id").primaryKey(),
  publicJwk: jsonb("public_jwk").notNull(),
  privateJwkEncrypted: text("private_jwk_encrypted").notNull(),
  createdAt: createdAtColumn(),
  retiredAt: momentColumn("retired_at"),
});

/** A script for many computers waits here for a second person. */
export const approvals = pgTable(
  "approvals",
  {
    id: idColumn(),
    kind: text("kind").notNull(),
    request: jsonb("request").notNull(),
    computerCount: integer("computer_count").notNull(),
    requestedBy: refColumn("requested_by").notNull(),
    requestedAt: momentColumn("requested_at").notNull(),
    decidedBy: refColumn("decided_by"),
    decidedAt: momentColumn("decided_at"),
    decision: text("decision", { enum: ["approved", "refused"] }),
  },
  (t) => [index("approvals_open").on(t.decidedAt)],
);
