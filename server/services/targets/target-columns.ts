import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { computers, type deployments, filters, groups, people, type schedules, tags, tenants } from "@/db/schema";
import type { Target } from "@/server/core/deployments";
import { inVisibleTenants, seesAllTenants } from "../authorize";
import type { ServiceContext } from "../context";

type Targeting = typeof deployments | typeof schedules;

/** A target's own columns and what they are called, as select fields. The query joins `tenants` on `targetTenantId`. */
export const targetFields = (table: Targeting) => ({
  scope: table.scope,
  targetType: table.targetType,
  targetId: table.targetId,
  targetName: table.targetName,
  targetTenantId: table.targetTenantId,
  includesChildTenants: table.includesChildTenants,
  deviceClass: table.deviceClass,
  targetTenantName: tenants.name,
  targetLabel: targetLabel(table),
});

/** What the thing a target names is called; null for targets that name none and for things that are gone. */
export const targetLabel = (table: Targeting): SQL<string | null> => sql<string | null>`case ${table.targetType}
  when 'computer' then (select x.name from ${computers} x where x.id = ${table.targetId})
  when 'person' then (select x.display_name from ${people} x where x.id = ${table.targetId})
  when 'tag' then (select x.name from ${tags} x where x.id = ${table.targetId})
  when 'tenant-tag' then (select x.name from ${tags} x where x.id = ${table.targetId})
  when 'entra-group' then (select x.name from ${groups} x where x.id = ${table.targetId})
  when 'rmm-group' then (select x.name from ${groups} x where x.id = ${table.targetId})
  when 'rmm-client-group' then (select x.name from ${groups} x where x.id = ${table.targetId})
  when 'filter-script' then (select x.name from ${filters} x where x.id = ${table.targetId})
  when 'metascript' then (select x.name from ${filters} x where x.id = ${table.targetId})
  else ${table.targetName} end`;

/**
 * The tenancy filter of deployments and schedules: those of visible tenants, and those of a visible computer or person.
 * What spans tenants is seen by those who see all of them, as long as they do not look at one.
 */
export function inVisibleTargets(ctx: ServiceContext, table: Targeting, withinTenantId?: number | null): SQL {
  if (seesAllTenants(ctx) && (withinTenantId === undefined || withinTenantId === null)) return sql`true`;
  return sql`(${inVisibleTenants(ctx, table.targetTenantId, withinTenantId)}
    or (${table.targetType} = 'computer' and ${table.targetId} in (select ${computers.id} from ${computers} where ${inVisibleTenants(ctx, computers.tenantId, withinTenantId)}))
    or (${table.targetType} = 'person' and ${table.targetId} in (select ${people.id} from ${people} where ${inVisibleTenants(ctx, people.tenantId, withinTenantId)})))`;
}

/** What a target's tenant and the thing it names are called, for a target that is no row yet. */
export async function nameTarget(
  ctx: ServiceContext,
  target: Target,
): Promise<{ tenant: string | null; target: string | null }> {
  const named = sql`case ${target.targetType}::text
    when 'computer' then (select x.name from ${computers} x where x.id = t.id)
    when 'person' then (select x.display_name from ${people} x where x.id = t.id)
    when 'tag' then (select x.name from ${tags} x where x.id = t.id)
    when 'tenant-tag' then (select x.name from ${tags} x where x.id = t.id)
    when 'filter-script' then (select x.name from ${filters} x where x.id = t.id)
    when 'metascript' then (select x.name from ${filters} x where x.id = t.id)
    else (select x.name from ${groups} x where x.id = t.id) end`;
  const [found] = await rows<{ tenant: string | null; named: string | null }>(
    ctx.db,
    sql`select (select x.name from ${tenants} x where x.id = t.tenant_id) as tenant, ${named} as named
        from (select ${target.targetId}::bigint as id, ${target.targetTenantId}::bigint as tenant_id) t`,
  );
  return { tenant: found?.tenant ?? null, target: target.targetName ?? found?.named ?? null };
}

/** Only the target of a row that has more. */
export const targetOf = (row: Target): Target => ({
  scope: row.scope,
  targetType: row.targetType,
  targetId: row.targetId,
  targetName: row.targetName,
  targetTenantId: row.targetTenantId,
  includesChildTenants: row.includesChildTenants,
  deviceClass: row.deviceClass,
});
