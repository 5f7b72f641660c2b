import { and, eq, gte, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { actions, computers, items, schedules, sessions, tenants, users } from "@/db/schema";
import { sessionKinds, sessionStatuses } from "@/server/core/sessions";
import { authorize, inVisibleTenants } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";

export const listSessionsInput = listInput(["id", "executionAt", "computer", "endedAt"], {
  status: z.array(z.enum(sessionStatuses)).optional(),
  kind: z.array(z.enum(sessionKinds)).optional(),
  computerId: z.number().int().positive().optional(),
  scheduleId: z.number().int().positive().optional(),
  itemId: z.number().int().positive().optional(),
  /** True: those that have not ended. */
  live: z.boolean().optional(),
  from: z.date().optional(),
  to: z.date().optional(),
});

const isTodo = sql.raw("a.type not in ('none', 'audit', 'monitor')");
/** How far a session is, in one column each; for queries that join something. */
export const actionCounts = {
  todoCount: sql<number>`(select count(*)::int from ${actions} a where a.session_id = ${sessions.id} and ${isTodo})`,
  doneCount: sql<number>`(select count(*)::int from ${actions} a where a.session_id = ${sessions.id} and ${isTodo} and a.result is not null)`,
  failedCount: sql<number>`(select count(*)::int from ${actions} a where a.session_id = ${sessions.id} and a.result in ('failed', 'not-compliant'))`,
};

/** Sessions of computers the actor may see, newest first unless asked otherwise. */
export async function listSessions({ ctx, input: raw }: Call<typeof listSessionsInput>) {
  authorize(ctx, "read");
  const input = parseInput(listSessionsInput, raw);
  const paging = startPaging(
    input,
    {
      id: sessions.id,
      executionAt: sessions.executionAt,
      endedAt: sessions.endedAt,
      computer: { by: computers.name, type: "text", nullable: true },
    },
    sessions.id,
    { by: "id", descending: true },
  );
  const filter = and(
    inVisibleTenants(ctx, sessions.tenantId, input.tenantId),
    input.status?.length ? inArray(sessions.status, input.status) : undefined,
    input.kind?.length ? inArray(sessions.kind, input.kind) : undefined,
    input.computerId === undefined ? undefined : eq(sessions.computerId, input.computerId),
    input.scheduleId === undefined ? undefined : eq(sessions.scheduleId, input.scheduleId),
    input.itemId === undefined ? undefined : eq(sessions.itemId, input.itemId),
    input.live === undefined ? undefined : input.live ? isNull(sessions.endedAt) : isNotNull(sessions.endedAt),
    input.from === undefined ? undefined : gte(sessions.createdAt, input.from),
    input.to === undefined ? undefined : lt(sessions.createdAt, input.to),
    matchesSearch(input.search, computers.name, sql`${sessions.id}::text`),
  );
  const rows = await ctx.db
    .select({
      id: sessions.id,
      kind: sessions.kind,
      cause: sessions.cause,
      status: sessions.status,
      stage: sessions.stage,
      statusReason: sessions.statusReason,
      computerId: sessions.computerId,
      computerName: computers.name,
      computerOnline: computers.online,
      tenantId: sessions.tenantId,
      tenantName: tenants.name,
      itemId: sessions.itemId,
      itemName: items.name,
      scheduleId: sessions.scheduleId,
      scheduleName: schedules.name,
      createdByName: users.displayName,
      createdAt: sessions.createdAt,
      startedAt: sessions.startedAt,
      executionAt: sessions.executionAt,
      executionStartedAt: sessions.executionStartedAt,
      endedAt: sessions.endedAt,
      ...actionCounts,
      pageKey: paging.pageKey,
    })
    .from(sessions)
    .innerJoin(tenants, eq(tenants.id, sessions.tenantId))
    .leftJoin(computers, eq(computers.id, sessions.computerId))
    .leftJoin(items, eq(items.id, sessions.itemId))
    .leftJoin(schedules, eq(schedules.id, sessions.scheduleId))
    .leftJoin(users, eq(users.id, sessions.createdBy))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(sessions)
    .leftJoin(computers, eq(computers.id, sessions.computerId))
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
