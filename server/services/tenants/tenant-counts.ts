import { sql } from "drizzle-orm";
import { computers, people, tenants } from "@/db/schema";

/** What a tenant itself holds (not its children), as select fields of a query over `tenants` that joins something. */
export const tenantCounts = {
  computerCount: sql<number>`(select count(*)::int from ${computers} c where c.tenant_id = ${tenants.id} and c.status <> 'archived')`,
  onlineCount: sql<number>`(select count(*)::int from ${computers} c where c.tenant_id = ${tenants.id} and c.status <> 'archived' and c.online)`,
  personCount: sql<number>`(select count(*)::int from ${people} p where p.tenant_id = ${tenants.id} and p.archived_at is null)`,
};
