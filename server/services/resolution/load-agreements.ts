import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { agreementAdditions, agreements, tenants } from "@/db/schema";
import type { AdditionFact, AgreementFact } from "@/server/core/targets";
import type { ServiceContext } from "../context";
import { idArray } from "./id-array";

/** The agreements of tenants, by tenant, with today's date where each of them is. */
export async function loadAgreements(
  ctx: ServiceContext,
  tenantIds: ReadonlySet<number>,
): Promise<Map<number, AgreementFact[]>> {
  const now = ctx.clock.now().toISOString();
  const found = await rows<AgreementFact & { additions: AdditionFact[] }>(
    ctx.db,
    sql`select a.id::int as id, a.tenant_id::int as "tenantId", a.name, a.agreement_type as "agreementType",
          a.start_date::text as "startDate", a.end_date::text as "endDate", a.cancelled, a.inactive,
          (${now}::timestamptz at time zone t.time_zone)::date::text as "localDate",
          coalesce((select json_agg(json_build_object('id', p.id, 'product', p.product,
                      'effectiveDate', p.effective_date::text, 'cancelledDate', p.cancelled_date::text) order by p.id)
                    from ${agreementAdditions} p where p.agreement_id = a.id), '[]'::json) as additions
        from ${agreements} a join ${tenants} t on t.id = a.tenant_id
        where a.tenant_id = any(${idArray(tenantIds)}) order by a.id`,
  );
  const byTenant = new Map<number, AgreementFact[]>();
  for (const agreement of found) {
    byTenant.set(agreement.tenantId, [...(byTenant.get(agreement.tenantId) ?? []), agreement]);
  }
  return byTenant;
}
