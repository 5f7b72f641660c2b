import { createHash } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { auditLog } from "@/db/schema";
import type { Actor } from "./context";
import type { TransactionContext } from "./transaction";

export interface AuditEntry {
  /** `deployment.create` */
  readonly action: string;
  readonly entity: string;
  readonly entityId: string | number;
  /** Whose chain it belongs to; null is the MSP's. */
  readonly tenantId: number | null;
  /** The row before and after, without secrets; null where there was or is none. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Writes who did what, linked by hash to the entry before it in the same chain. Part of the change's transaction. */
export async function audit(tx: TransactionContext, entry: AuditEntry): Promise<void> {
  const chain = entry.tenantId === null ? "msp" : `tenant:${entry.tenantId}`;
  await tx.db
    .select({ locked: sql`pg_advisory_xact_lock(hashtextextended(${`audit/${chain}`}, 0))` })
    .from(sql`(select 1) as one`);
  const [last] = await tx.db
    .select({ sequence: auditLog.sequence, hash: auditLog.hash })
    .from(auditLog)
    .where(eq(auditLog.chain, chain))
    .orderBy(desc(auditLog.sequence))
    .limit(1);
  const row = {
    chain,
    sequence: (last?.sequence ?? 0) + 1,
    at: tx.clock.now(),
    actorKind: tx.actor.kind,
    actorId: actorId(tx.actor),
    actorName: tx.actor.name,
    tenantId: entry.tenantId,
    action: entry.action,
    entity: entry.entity,
    entityId: String(entry.entityId),
    before: toJson(entry.before),
    after: toJson(entry.after),
    address: tx.address,
    previousHash: last?.hash ?? "",
  };
  await tx.db.insert(auditLog).values({ ...row, hash: hashAuditRow(row) });
}

/**
 * Stands in a verb that writes without an audit entry, and says why: what it writes is a record itself (the job ledger,
 * presence), or the verbs it calls write theirs. A test asks each verb for one of the two.
 */
export function recordsNoChange(_why: string): void {}

export type HashedAuditRow = Omit<typeof auditLog.$inferSelect, "id" | "hash">;

/** The hash of an entry: SHA-256 over its fields in a fixed order, keys of objects sorted. */
export function hashAuditRow(row: HashedAuditRow): string {
  const fields = [
    row.chain,
    row.sequence,
    row.at.toISOString(),
    row.actorKind,
    row.actorId,
    row.actorName,
    row.tenantId,
    row.action,
    row.entity,
    row.entityId,
    row.before,
    row.after,
    row.address,
    row.previousHash,
  ];
  return createHash("sha256").update(JSON.stringify(fields, sortKeys)).digest("hex");
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** As the database will give it back, so that the hash can be checked against what is stored. */
function toJson(value: unknown): unknown {
  return value === null || value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case "user":
      return String(actor.userId);
    case "agent":
      return actor.agentId;
    case "recipient":
      return actor.linkId;
    case "system":
      return null;
  }
}
