import { inArray, sql } from "drizzle-orm";
import { agents, computers } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { type TransactionContext, withTransaction } from "../transaction";

export interface PresenceChange {
  readonly agentId: string;
  readonly connected: boolean;
  readonly at: Date;
}

/**
 * Keeps which agents a hub has gained and lost, for thousands with a handful of statements, and what follows for their
 * computers. A hub never takes away a connection that another one has by now.
 */
export async function recordPresence({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: { readonly hubId: string; readonly changes: readonly PresenceChange[] };
}): Promise<void> {
  authorizeSystem(ctx);
  recordsNoChange("presence is a state of the line");
  const { hubId, changes } = input;
  if (changes.length === 0) return;
  const asJson = JSON.stringify(
    changes.map(({ agentId, connected, at }) => ({ id: agentId, connected, at: at.toISOString() })),
  );
  const ids = changes.map(({ agentId }) => agentId);
  await withTransaction(ctx, async (tx) => {
    // In one order, so that two that share agents never wait for each other.
    await tx.db
      .select({ id: agents.id })
      .from(agents)
      .where(inArray(agents.id, ids))
      .orderBy(agents.id)
      .for("no key update");
    const changed = await tx.db
      .update(agents)
      .set({
        connected: sql`new.connected`,
        hubId: sql`case when new.connected then ${hubId} end`,
        connectedAt: sql`case when new.connected then new.at else ${agents.connectedAt} end`,
        lastSeenAt: sql`new.at`,
      })
      .from(sql`jsonb_to_recordset(${asJson}::jsonb) as new(id uuid, connected boolean, at timestamptz)`)
      .where(sql`${agents.id} = new.id and (new.connected or ${agents.hubId} = ${hubId})`)
      .returning({ agentId: agents.id, computerId: agents.computerId });
    await settleComputers(tx, changed);
  });
}

/** Recomputes `online` of the computers of these agents and tells who waits for one to come online. */
export async function settleComputers(
  tx: TransactionContext,
  changed: readonly { readonly agentId: string; readonly computerId: number | null }[],
): Promise<void> {
  const agentByComputer = new Map<number, string>();
  for (const { agentId, computerId } of changed) if (computerId !== null) agentByComputer.set(computerId, agentId);
  if (agentByComputer.size === 0) return;
  const now = tx.clock.now();
  const ids = [...agentByComputer.keys()];
  const before = await tx.db
    .select({ id: computers.id, online: computers.online })
    .from(computers)
    .where(inArray(computers.id, ids))
    .orderBy(computers.id)
    .for("no key update");
  const after = await tx.db
    .update(computers)
    .set({
      online: sql`exists (select 1 from ${agents} where ${agents.computerId} = ${computers.id} and ${agents.connected})`,
      lastSeenAt: now,
    })
    .where(inArray(computers.id, ids))
    .returning({ id: computers.id, online: computers.online });
  const wasOnline = new Map(before.map(({ id, online }) => [id, online]));
  const turned = after.filter(({ id, online }) => wasOnline.get(id) !== online);
  for (const { id } of turned) tx.signal({ channel: "presence", computerId: id });
  await tx.emitMany(
    "agent/connected",
    turned.flatMap(({ id, online }) => {
      const agentId = agentByComputer.get(id);
      if (!online || agentId === undefined) return [];
      return [{ id: `agent/connected/${agentId}/${id}/${now.getTime()}`, data: { agentId, computerId: id } }];
    }),
  );
}
