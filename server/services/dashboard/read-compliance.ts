import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { computers, sessions, tenants } from "@/db/schema";
import { inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";

export interface TenantCompliance {
  readonly tenantId: number;
  readonly tenantName: string;
  readonly compliant: number;
  readonly notCompliant: number;
  /** No session has ended on them yet. */
  readonly unknown: number;
}

/**
 * A computer is compliant when the newest of its sessions that ended (cancelled and missed ones say nothing) passed.
 * Tenants with the lowest share come first.
 */
export async function readCompliance(ctx: ServiceContext, tenantId: number | null | undefined) {
  const byTenant = await rows<TenantCompliance>(
    ctx.db,
    sql`select ${tenants.id}::int as "tenantId", ${tenants.name} as "tenantName",
          count(*) filter (where last.status = 'passed')::int as compliant,
          count(*) filter (where last.status in ('partially-passed', 'failed'))::int as "notCompliant",
          count(*) filter (where last.status is null)::int as unknown
        from ${computers} join ${tenants} on ${tenants.id} = ${computers.tenantId}
        left join lateral (select s.status from ${sessions} s where s.computer_id = ${computers.id}
            and s.status in ('passed', 'partially-passed', 'failed') order by s.id desc limit 1) last on true
        where ${computers.status} <> 'archived' and ${inVisibleTenants(ctx, computers.tenantId, tenantId)}
        group by ${tenants.id}
        order by count(*) filter (where last.status = 'passed')::float / count(*), ${tenants.name}, ${tenants.id}`,
  );
  const sum = (field: "compliant" | "notCompliant" | "unknown") =>
    byTenant.reduce((total, row) => total + row[field], 0);
  return {
    compliant: sum("compliant"),
    notCompliant: sum("notCompliant"),
    unknown: sum("unknown"),
    tenantCount: byTenant.length,
    byTenant: byTenant.slice(0, 50),
  };
}
