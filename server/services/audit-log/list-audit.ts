import { and, eq, gte, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { auditLog, tenants } from "@/db/schema";
import { authorize, inVisibleTenants, seesAllTenants } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";

export const listAuditInput = listInput(["id"], {
  entity: z.string().max(60).optional(),
  entityId: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  actorKind: z.enum(auditLog.actorKind.enumValues).optional(),
  from: z.date().optional(),
  to: z.date().optional(),
});

/** Who did what. The MSP's own chain is for those who see all tenants. */
export async function listAudit({ ctx, input: raw }: Call<typeof listAuditInput>) {
  authorize(ctx, "read");
  const input = parseInput(listAuditInput, raw);
  const paging = startPaging(input, { id: auditLog.id }, auditLog.id, { by: "id", descending: true });
  const isAll = seesAllTenants(ctx) && (input.tenantId === undefined || input.tenantId === null);
  const filter = and(
    isAll ? undefined : inVisibleTenants(ctx, auditLog.tenantId, input.tenantId),
    input.entity === undefined ? undefined : eq(auditLog.entity, input.entity),
    input.entityId === undefined ? undefined : eq(auditLog.entityId, input.entityId),
    input.action === undefined ? undefined : eq(auditLog.action, input.action),
    input.actorKind === undefined ? undefined : eq(auditLog.actorKind, input.actorKind),
    input.from === undefined ? undefined : gte(auditLog.at, input.from),
    input.to === undefined ? undefined : lt(auditLog.at, input.to),
    matchesSearch(input.search, auditLog.actorName, auditLog.action, auditLog.entityId),
  );
  const rows = await ctx.db
    .select({
      id: auditLog.id,
      at: auditLog.at,
      actorKind: auditLog.actorKind,
      actorName: auditLog.actorName,
      tenantId: auditLog.tenantId,
      tenantName: tenants.name,
      action: auditLog.action,
      entity: auditLog.entity,
      entityId: auditLog.entityId,
      before: auditLog.before,
      after: auditLog.after,
      address: auditLog.address,
      chain: auditLog.chain,
      sequence: auditLog.sequence,
      hash: auditLog.hash,
      pageKey: paging.pageKey,
    })
    .from(auditLog)
    .leftJoin(tenants, eq(tenants.id, auditLog.tenantId))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(auditLog)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
