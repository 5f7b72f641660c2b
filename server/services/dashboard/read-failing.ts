import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { actions, computers, items, sessions } from "@/db/schema";
import { inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";

const DAYS = 14;

export interface FailingCause {
  readonly itemId: number;
  readonly itemName: string;
  readonly itemKind: "software" | "task";
  /** The sentence they all failed with. */
  readonly reason: string;
  readonly computerCount: number;
  readonly tenantCount: number;
  readonly since: Date;
  readonly computers: readonly { readonly id: number; readonly name: string; readonly sessionId: number }[];
}

/** What fails now, by cause: failures of the last two weeks that no later action on the same computer and item has settled. */
export async function readFailing(ctx: ServiceContext, tenantId: number | null | undefined): Promise<FailingCause[]> {
  const from = new Date(ctx.clock.now().getTime() - DAYS * 86_400_000).toISOString();
  const found = await rows<Omit<FailingCause, "since"> & { since: string }>(
    ctx.db,
    sql`with failed as (
          select ${sessions.computerId} as computer_id, ${actions.itemId} as item_id, ${sessions.id} as session_id,
            coalesce(${actions.resultReason}, ${actions.sentence}) as reason, ${actions.endedAt} as ended_at
          from ${actions} join ${sessions} on ${sessions.id} = ${actions.sessionId}
          where ${actions.result} = 'failed' and ${actions.endedAt} >= ${from}::timestamptz
            and ${sessions.computerId} is not null and ${inVisibleTenants(ctx, sessions.tenantId, tenantId)}
            and not exists (select 1 from ${sessions} s join ${actions} a on a.session_id = s.id
              where s.computer_id = ${sessions.computerId} and s.id >= ${sessions.id} and a.id > ${actions.id}
                and a.item_id = ${actions.itemId} and a.ended_at is not null)
        )
        select i.id::int as "itemId", i.name as "itemName", i.kind as "itemKind", n.reason,
          count(*)::int as "computerCount", count(distinct c.tenant_id)::int as "tenantCount", min(n.ended_at)::text as since,
          (json_agg(json_build_object('id', c.id, 'name', c.name, 'sessionId', n.session_id) order by c.name)) as computers
        from failed n join ${items} i on i.id = n.item_id join ${computers} c on c.id = n.computer_id
        where c.status <> 'archived'
        group by i.id, n.reason
        order by count(*) desc, i.name, n.reason
        limit 50`,
  );
  return found.map((row) => ({ ...row, since: new Date(row.since), computers: row.computers.slice(0, 10) }));
}
