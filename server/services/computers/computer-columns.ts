import { desc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { computers, people, sessions, tagAssignments, tags, tenants } from "@/db/schema";
import type { SessionStatus } from "@/server/core/sessions";

export interface TagBadge {
  readonly id: number;
  readonly name: string;
  readonly color: string | null;
}

/** A computer's tags in one column; for queries that join something. */
export const computerTags: SQL<TagBadge[]> = sql<
  TagBadge[]
>`(select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'color', t.color) order by t.name), '[]'::json) from ${tagAssignments} a join ${tags} t on t.id = a.tag_id where a.computer_id = ${computers.id})`;

/** The newest ended session of each computer, joined laterally: one index look-up a computer. */
export const lastSessionOf = (db: Db) =>
  db
    .select({ id: sessions.id, status: sessions.status, endedAt: sessions.endedAt })
    .from(sessions)
    .where(sql`${eq(sessions.computerId, computers.id)} and ${isNotNull(sessions.endedAt)}`)
    .orderBy(desc(sessions.id))
    .limit(1)
    .as("last_session");

/** What a list says of a computer. The query joins `tenants` and left joins `people`. */
export const computerSummary = {
  id: computers.id,
  name: computers.name,
  tenantId: computers.tenantId,
  tenantName: tenants.name,
  status: computers.status,
  statusReason: computers.statusReason,
  excludedFromMaintenance: computers.excludedFromMaintenance,
  online: computers.online,
  lastSeenAt: computers.lastSeenAt,
  osFamily: computers.osFamily,
  osName: computers.osName,
  osVersion: computers.osVersion,
  architecture: computers.architecture,
  deviceClass: computers.deviceClass,
  identity: computers.identity,
  pendingReboot: computers.pendingReboot,
  timeZone: computers.timeZone,
  primaryPersonId: computers.primaryPersonId,
  primaryPersonName: people.displayName,
  createdAt: computers.createdAt,
  tags: computerTags,
} as const;

export type LastSession = { id: number; status: SessionStatus; endedAt: Date | null } | null;
