import { inArray, sql } from "drizzle-orm";
import { agents, computers } from "@/db/schema";
import type { TransactionContext } from "../transaction";

/** Brings `online` of computers in line with their agents after those were linked anew. */
export async function settlePresence(
  tx: TransactionContext,
  computerIds: readonly number[],
  agentId: string,
): Promise<void> {
  const online = sql`exists (select 1 from ${agents}
    where ${agents.computerId} = ${computers.id} and ${agents.connected})`;
  const changed = await tx.db
    .update(computers)
    .set({ online: sql`${online}` })
    .where(sql`${inArray(computers.id, [...computerIds])} and ${computers.online} <> ${online}`)
    .returning({ id: computers.id, online: computers.online });
  for (const computer of changed) {
    tx.signal({ channel: "presence", computerId: computer.id });
    if (!computer.online) continue;
    const id = `agent/connected/${agentId}/${computer.id}/${tx.clock.now().getTime()}`;
    await tx.emit("agent/connected", id, { agentId, computerId: computer.id });
  }
}
