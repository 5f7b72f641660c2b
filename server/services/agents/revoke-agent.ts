import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { agents, jobs } from "@/db/schema";
import { audit } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";
import { cancelWhere } from "../jobs/cancel-jobs";
import { parseInput } from "../parse";
import { withTransaction } from "../transaction";

const input = z.strictObject({ agentId: z.uuid() });

/**
 * Takes an agent's access away: its connection is closed, its secret no longer counts, its jobs are called off.
 * The computer stays, reachable through other agents. Doing it again changes nothing.
 */
export async function revokeAgent({ ctx, input: raw }: { ctx: ServiceContext; input: z.input<typeof input> }) {
  authorize(ctx, "administer");
  const { agentId } = parseInput(input, raw);
  await withTransaction(ctx, async (tx) => {
    const [agent] = await tx.db
      .select({ tenantId: agents.tenantId, computerId: agents.computerId })
      .from(agents)
      .where(and(eq(agents.id, agentId), inVisibleTenants(tx, agents.tenantId)));
    if (!agent) throw notFound("That agent");
    const revokedAt = tx.clock.now();
    const changed = await tx.db
      .update(agents)
      .set({ revokedAt })
      .where(and(eq(agents.id, agentId), isNull(agents.revokedAt)))
      .returning({ id: agents.id });
    if (changed.length === 0) return;
    await cancelWhere(tx, eq(jobs.agentId, agentId), "The agent was revoked.");
    tx.signal({ channel: "agents", agentId, what: "revoked" });
    await audit(tx, {
      action: "agent.revoke",
      entity: "agent",
      entityId: agentId,
      tenantId: agent.tenantId,
      before: { computerId: agent.computerId, revokedAt: null },
      after: { computerId: agent.computerId, revokedAt },
    });
  });
}
