import { and, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { computers, filters, groups, people, tags, tenants } from "@/db/schema";
import type { Target } from "@/server/core/deployments";
import { authorizeAllTenants, authorizeTenant, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { ServiceError } from "../errors";

/**
 * Refuses a target that names what does not exist, what the actor may not see, or what could apply to nobody: another
 * tenant's group, say. Targets across tenants are for those who see all of them.
 */
export async function checkTarget(ctx: ServiceContext, target: Target): Promise<void> {
  if (target.scope === "cross-tenant" || (target.scope === "tenants" && target.targetType !== "one-tenant")) {
    authorizeAllTenants(ctx);
  }
  if (target.targetTenantId !== null) await authorizeTenant(ctx, target.targetTenantId);
  if (target.targetId !== null && !(await exists(ctx, target, target.targetId))) {
    throw new ServiceError(
      "not-found",
      `The ${target.targetType} of the target does not exist there, or you may not see it.`,
      { targetId: "does not exist there" },
    );
  }
}

async function exists(ctx: ServiceContext, target: Target, id: number): Promise<boolean> {
  const find = async (table: PgTable, idColumn: PgColumn, condition: SQL | undefined) =>
    (
      await ctx.db
        .select({ found: sql<number>`1` })
        .from(table)
        .where(and(eq(idColumn, id), condition))
        .limit(1)
    ).length > 0;
  switch (target.targetType) {
    case "computer":
      return find(
        computers,
        computers.id,
        and(inVisibleTenants(ctx, computers.tenantId), ne(computers.status, "archived")),
      );
    case "person":
      return find(people, people.id, and(inVisibleTenants(ctx, people.tenantId), isNull(people.archivedAt)));
    case "tag":
    case "tenant-tag":
      return find(tags, tags.id, ownedWithin(ctx, tags.tenantId, target));
    case "entra-group":
    case "rmm-group":
    case "rmm-client-group":
      return find(
        groups,
        groups.id,
        and(eq(groups.kind, target.targetType), ownedWithin(ctx, groups.tenantId, target)),
      );
    case "filter-script":
    case "metascript":
      return find(
        filters,
        filters.id,
        and(eq(filters.kind, target.targetType), ownedWithin(ctx, filters.tenantId, target)),
      );
    default:
      return false;
  }
}

/** Belongs to the MSP, or to the target's tenant or one above or below it (any visible one where there is no such tenant). */
function ownedWithin(ctx: ServiceContext, owner: PgColumn, target: Target): SQL | undefined {
  if (target.targetTenantId === null) return or(isNull(owner), inVisibleTenants(ctx, owner));
  return or(
    isNull(owner),
    and(
      inVisibleTenants(ctx, owner),
      sql`exists (select 1 from ${tenants} a, ${tenants} b where a.id = ${target.targetTenantId} and b.id = ${owner}
                  and (a.ancestor_ids @> array[b.id] or b.ancestor_ids @> array[a.id]))`,
    ),
  );
}
