import { eq, sql } from "drizzle-orm";
import { agents, computers } from "@/db/schema";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { withTransaction } from "../transaction";
import { identityColumns, machineColumns } from "./computer-facts";

const FAILURES_UNTIL_SHOWN = 5;

/** Counts a failed identification; the fifth makes the machine show under *failed* with what went wrong. */
export async function recordIdentifyFailure(ctx: ServiceContext, agentId: string, error: unknown): Promise<void> {
  authorizeSystem(ctx);
  const problem = error instanceof Error ? error.message : String(error);
  await withTransaction(ctx, async (tx) => {
    const [agent] = await tx.db
      .update(agents)
      .set({ identifyFailures: sql`${agents.identifyFailures} + 1` })
      .where(eq(agents.id, agentId))
      .returning();
    if (!agent?.facts || agent.computerId !== null || agent.identifyFailures < FAILURES_UNTIL_SHOWN) return;
    const statusReason = `It could not be identified in ${agent.identifyFailures} tries. ${problem}`.slice(0, 1000);
    const [made] = await tx.db
      .insert(computers)
      .values({
        ...machineColumns(agent.facts),
        ...identityColumns(agent.facts),
        tenantId: agent.tenantId,
        status: "failed",
        statusReason,
        identity: "weak",
        online: agent.connected,
        lastSeenAt: agent.lastSeenAt,
        createdAt: tx.clock.now(),
      })
      .returning({ id: computers.id });
    if (!made) throw new Error("The insert gave no row back");
    await tx.db.update(agents).set({ computerId: made.id, identityKey: null }).where(eq(agents.id, agentId));
    await audit(tx, {
      action: "computer.identify-failed",
      entity: "computer",
      entityId: made.id,
      tenantId: agent.tenantId,
      before: null,
      after: { agentId, statusReason },
    });
  });
}
