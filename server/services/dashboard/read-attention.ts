import { and, asc, desc, eq, inArray, isNull, lt, ne, notInArray, sql } from "drizzle-orm";
import { approvals, computers, sessions, tenants } from "@/db/schema";
import { inVisibleTenants, seesAllTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { actionCounts } from "../sessions/list-sessions";

const OFFLINE_DAYS = 14;

/** Machines that a person must decide on, and scripts that wait for a second person. */
export async function readDecisions(ctx: ServiceContext, tenantId: number | null | undefined) {
  const filter = and(
    inArray(computers.status, ["needs-decision", "failed"]),
    inVisibleTenants(ctx, computers.tenantId, tenantId),
  );
  const machines = await ctx.db
    .select({
      computerId: computers.id,
      computerName: computers.name,
      tenantName: tenants.name,
      status: computers.status,
      reason: computers.statusReason,
      since: computers.createdAt,
      total: sql<number>`count(*) over ()::int`,
    })
    .from(computers)
    .innerJoin(tenants, eq(tenants.id, computers.tenantId))
    .where(filter)
    .orderBy(desc(computers.createdAt), asc(computers.id))
    .limit(20);
  const [open] = seesAllTenants(ctx)
    ? await ctx.db.select({ n: sql<number>`count(*)::int` }).from(approvals).where(isNull(approvals.decidedAt))
    : [{ n: 0 }];
  return {
    total: machines[0]?.total ?? 0,
    rows: machines.map(({ total: _, ...row }) => row),
    approvalCount: open?.n ?? 0,
  };
}

/** Computers that have not been seen for two weeks, those away longest first. */
export async function readOfflineLong(ctx: ServiceContext, tenantId: number | null | undefined) {
  const before = new Date(ctx.clock.now().getTime() - OFFLINE_DAYS * 86_400_000);
  const found = await ctx.db
    .select({
      computerId: computers.id,
      computerName: computers.name,
      tenantName: tenants.name,
      lastSeenAt: computers.lastSeenAt,
      total: sql<number>`count(*) over ()::int`,
    })
    .from(computers)
    .innerJoin(tenants, eq(tenants.id, computers.tenantId))
    .where(
      and(
        eq(computers.online, false),
        ne(computers.status, "archived"),
        lt(computers.lastSeenAt, before),
        inVisibleTenants(ctx, computers.tenantId, tenantId),
      ),
    )
    .orderBy(asc(computers.lastSeenAt), asc(computers.id))
    .limit(10);
  return { days: OFFLINE_DAYS, total: found[0]?.total ?? 0, rows: found.map(({ total: _, ...row }) => row) };
}

/** Sessions that run now, with how far they are and what they do. */
export async function readRunning(ctx: ServiceContext, tenantId: number | null | undefined) {
  const found = await ctx.db
    .select({
      sessionId: sessions.id,
      computerId: sessions.computerId,
      computerName: computers.name,
      tenantName: tenants.name,
      status: sessions.status,
      stage: sessions.stage,
      startedAt: sessions.startedAt,
      currentSentence: sql<
        string | null
      >`(select a.sentence from actions a where a.session_id = ${sessions.id} and a.status in ('running', 'verifying') order by a.position limit 1)`,
      ...actionCounts,
      total: sql<number>`count(*) over ()::int`,
    })
    .from(sessions)
    .innerJoin(tenants, eq(tenants.id, sessions.tenantId))
    .leftJoin(computers, eq(computers.id, sessions.computerId))
    .where(
      and(
        isNull(sessions.endedAt),
        notInArray(sessions.status, ["pending-execution", "postponed", "pending-connectivity"]),
        inVisibleTenants(ctx, sessions.tenantId, tenantId),
      ),
    )
    .orderBy(desc(sessions.id))
    .limit(10);
  return { total: found[0]?.total ?? 0, rows: found.map(({ total: _, ...row }) => row) };
}
