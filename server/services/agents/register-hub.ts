import { and, eq, lt, ne, type SQL, sql } from "drizzle-orm";
import { agents, hubs } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { type TransactionContext, withTransaction } from "../transaction";
import { settleComputers } from "./record-presence";

/** A hub that has not said that it lives for this long is dead. Hubs say so every `PULSE_SECONDS`. */
const DEAD_AFTER_SECONDS = 240;
export const PULSE_SECONDS = 60;

export interface HubName {
  readonly id: string;
  /** Host and port. A process that starts under the same name has taken the place of the one before. */
  readonly name: string;
}

/** Announces a hub and clears what its predecessor left behind. */
export async function registerHub({ ctx, input }: { ctx: ServiceContext; input: HubName }): Promise<void> {
  authorizeSystem(ctx);
  recordsNoChange("presence is a state of the line");
  const now = ctx.clock.now();
  await withTransaction(ctx, async (tx) => {
    await tx.db.insert(hubs).values({ ...input, startedAt: now, seenAt: now });
    await clearHubs(tx, and(eq(hubs.name, input.name), ne(hubs.id, input.id)));
  });
}

/**
 * Says that a hub lives, and clears what dead ones left behind. `wasGone` is true when it was taken for dead itself, and
 * its agents for offline: it has to say anew whom it holds.
 */
export async function pulseHub({ ctx, input }: { ctx: ServiceContext; input: HubName }): Promise<{ wasGone: boolean }> {
  authorizeSystem(ctx);
  const now = ctx.clock.now();
  return withTransaction(ctx, async (tx) => {
    const found = await tx.db.update(hubs).set({ seenAt: now }).where(eq(hubs.id, input.id)).returning({ id: hubs.id });
    if (found.length === 0) await tx.db.insert(hubs).values({ ...input, startedAt: now, seenAt: now });
    await clearHubs(tx, lt(hubs.seenAt, new Date(now.getTime() - DEAD_AFTER_SECONDS * 1000)));
    return { wasGone: found.length === 0 };
  });
}

/** Takes a hub out that is going down: all its agents are offline. */
export async function unregisterHub({ ctx, input }: { ctx: ServiceContext; input: { readonly id: string } }) {
  authorizeSystem(ctx);
  await withTransaction(ctx, (tx) => clearHubs(tx, eq(hubs.id, input.id)));
}

async function clearHubs(tx: TransactionContext, which: SQL | undefined): Promise<void> {
  await tx.db.delete(hubs).where(which);
  const left = await tx.db
    .update(agents)
    .set({ connected: false, hubId: null, lastSeenAt: tx.clock.now() })
    .where(
      sql`${agents.connected} and ${agents.hubId} is not null
        and not exists (select 1 from ${hubs} where ${hubs.id} = ${agents.hubId})`,
    )
    .returning({ agentId: agents.id, computerId: agents.computerId });
  await settleComputers(tx, left);
}
