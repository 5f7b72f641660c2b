import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { emails, sessionEvents, sessions, tenants } from "@/db/schema";
import { inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";

const HOURS = 24;

/** Sessions that wait for their time in the next day, a lane a tenant; the busiest twenty lanes. */
export async function readTonight(ctx: ServiceContext, tenantId: number | null | undefined) {
  const now = ctx.clock.now();
  const until = new Date(now.getTime() + HOURS * 3_600_000);
  const toDate = (value: unknown) => new Date(String(value));
  const lanes = await ctx.db
    .select({
      tenantId: tenants.id,
      tenantName: tenants.name,
      sessionCount: sql<number>`count(*)::int`,
      firstAt: sql<Date>`min(${sessions.executionAt})`.mapWith(toDate),
      lastAt: sql<Date>`max(${sessions.executionAt})`.mapWith(toDate),
    })
    .from(sessions)
    .innerJoin(tenants, eq(tenants.id, sessions.tenantId))
    .where(
      and(
        inArray(sessions.status, ["pending-execution", "postponed"]),
        lt(sessions.executionAt, until),
        inVisibleTenants(ctx, sessions.tenantId, tenantId),
      ),
    )
    .groupBy(tenants.id)
    .orderBy(sql`count(*) desc`, tenants.name);
  return {
    from: now,
    until,
    sessionCount: lanes.reduce((sum, lane) => sum + lane.sessionCount, 0),
    laneCount: lanes.length,
    lanes: lanes.slice(0, 20),
  };
}

/** What users were told in the last day and what they chose. */
export async function readTold(ctx: ServiceContext, tenantId: number | null | undefined) {
  const from = new Date(ctx.clock.now().getTime() - HOURS * 3_600_000);
  const [mails] = await ctx.db
    .select({
      told: sql<number>`count(*) filter (where ${emails.kind} = 'before')::int`,
      undelivered: sql<number>`count(*) filter (where ${emails.status} in ('bounced', 'failed'))::int`,
    })
    .from(emails)
    .where(and(gte(emails.createdAt, from), inVisibleTenants(ctx, emails.tenantId, tenantId)));
  const [choices] = await ctx.db
    .select({
      postponed: sql<number>`count(*) filter (where ${sessionEvents.kind} = 'postponed')::int`,
      cancelled: sql<number>`count(*) filter (where ${sessionEvents.kind} = 'cancelled')::int`,
    })
    .from(sessions)
    .innerJoin(sessionEvents, eq(sessionEvents.sessionId, sessions.id))
    .where(
      and(
        gte(sessionEvents.at, from),
        // Sessions older than a month have had their say.
        gte(sessions.createdAt, new Date(from.getTime() - 31 * 86_400_000)),
        inArray(sessionEvents.kind, ["postponed", "cancelled"]),
        inVisibleTenants(ctx, sessions.tenantId, tenantId),
      ),
    );
  return {
    told: mails?.told ?? 0,
    undelivered: mails?.undelivered ?? 0,
    postponed: choices?.postponed ?? 0,
    cancelled: choices?.cancelled ?? 0,
  };
}
