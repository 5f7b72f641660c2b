import { and, asc, isNull, type SQL, sql } from "drizzle-orm";
import { deployments, items } from "@/db/schema";
import type { DeploymentRule } from "@/server/core/deployments";
import type { ResolvableItem } from "@/server/core/resolve";
import type { ServiceContext } from "../context";
import { idArray } from "./id-array";

/** Deployments as the resolver sees them; deleted ones take no part and are left out. */
export async function loadDeployments(ctx: ServiceContext, condition: SQL | undefined): Promise<DeploymentRule[]> {
  const found = await ctx.db
    .select()
    .from(deployments)
    .where(and(isNull(deployments.deletedAt), condition))
    .orderBy(asc(deployments.id));
  return found.map(toRule);
}

export function toRule(row: typeof deployments.$inferSelect): DeploymentRule {
  return {
    id: row.id,
    origin: row.origin,
    itemId: row.itemId,
    desiredState: row.desiredState,
    version: row.version,
    scope: row.scope,
    targetType: row.targetType,
    targetId: row.targetId,
    targetName: row.targetName,
    targetTenantId: row.targetTenantId,
    includesChildTenants: row.includesChildTenants,
    deviceClass: row.deviceClass,
    targetKey: row.targetKey,
    phase: row.phase,
    enabled: row.enabled,
    approval: row.approval,
    effectiveFromMs: row.effectiveFrom?.getTime() ?? null,
    createdAtMs: row.createdAt.getTime(),
  };
}

/** Items as the resolver needs them, by id; deleted ones are left out. */
export async function loadResolvableItems(
  ctx: ServiceContext,
  itemIds: Iterable<number>,
): Promise<Map<number, ResolvableItem>> {
  const found = await ctx.db
    .select({ id: items.id, kind: items.kind, name: items.name, platforms: items.platforms })
    .from(items)
    .where(and(isNull(items.deletedAt), sql`${items.id} = any(${idArray(new Set(itemIds))})`));
  return new Map(found.map((item) => [item.id, item]));
}
