import { eq, sql } from "drizzle-orm";
import { agents, computers, sessions, tenants } from "@/db/schema";
import { type SessionEvent, transitionSession } from "@/server/core/session";
import { type SessionStatus, sessionStatuses } from "@/server/core/sessions";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";

/** A session against a computer as the steps of its run see it. */
export interface RunningSession {
  readonly session: typeof sessions.$inferSelect;
  readonly computerId: number;
  readonly computer: typeof computers.$inferSelect;
  readonly tenantAncestorIds: readonly number[];
  /** At least one agent of the computer is connected. */
  readonly online: boolean;
}

/** Loads a session with its computer. Inside a transaction, `lock` keeps it as it is until the end. */
export async function loadRunningSession(
  ctx: ServiceContext,
  sessionId: number,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<RunningSession> {
  const query = ctx.db
    .select({
      session: sessions,
      computer: computers,
      tenantAncestorIds: tenants.ancestorIds,
      online: sql<boolean>`exists (select 1 from ${agents} where ${agents.computerId} = ${computers.id}
        and ${agents.connected} and ${agents.revokedAt} is null)`,
    })
    .from(sessions)
    .innerJoin(computers, eq(computers.id, sessions.computerId))
    .innerJoin(tenants, eq(tenants.id, sessions.tenantId))
    .where(eq(sessions.id, sessionId));
  const [found] = lock ? await query.for("update", { of: sessions }) : await query;
  if (!found) throw notFound("That session");
  return { ...found, computerId: found.computer.id };
}

/** The statuses in which an event can happen to a session: what goes into the condition of an UPDATE. */
export const statusesBefore = (event: SessionEvent): SessionStatus[] =>
  sessionStatuses.filter((status) => transitionSession(status, event) !== null);
