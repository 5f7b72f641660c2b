import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { agents, computers, jobs } from "@/db/schema";
import { audit } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound, ServiceError } from "../errors";
import { cancelWhere } from "../jobs/cancel-jobs";
import { parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { identityColumns, identityKey, machineColumns } from "./computer-facts";
import { settlePresence } from "./settle-presence";

const input = z.strictObject({ agentId: z.uuid() });

/** Undoes a merge: the agent gets a computer of its own, known by its OS installation, and its jobs are called off. */
export async function splitAgent({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.input<typeof input>;
}): Promise<{ computerId: number }> {
  authorize(ctx, "operate");
  const { agentId } = parseInput(input, raw);
  return withTransaction(ctx, async (tx) => {
    const [agent] = await tx.db
      .select()
      .from(agents)
      .where(and(eq(agents.id, agentId), inVisibleTenants(tx, agents.tenantId)))
      .for("no key update");
    if (!agent) throw notFound("That agent");
    const { facts, computerId: fromId } = agent;
    if (fromId === null || !facts) throw new ServiceError("conflict", "This agent is not identified yet.");
    const [counted] = await tx.db
      .select({ others: sql<number>`count(*)::int` })
      .from(agents)
      .where(sql`${agents.computerId} = ${fromId} and ${agents.id} <> ${agentId}::uuid`);
    if (!counted || counted.others === 0) {
      throw new ServiceError("conflict", "It is the only agent of its computer; there is nothing to split.");
    }
    const [made] = await tx.db
      .insert(computers)
      .values({
        ...machineColumns(facts),
        ...identityColumns(facts),
        tenantId: agent.tenantId,
        status: "needs-onboarding",
        identity: "weak",
        lastSeenAt: agent.lastSeenAt,
        createdAt: tx.clock.now(),
      })
      .returning({ id: computers.id });
    if (!made) throw new Error("The insert gave no row back");
    await tx.db
      .update(agents)
      .set({ computerId: made.id, identityKey: identityKey(facts) })
      .where(eq(agents.id, agentId));
    await cancelWhere(tx, eq(jobs.agentId, agentId), "The agent was found to be on another computer.");
    await settlePresence(tx, [fromId, made.id], agentId);
    await audit(tx, {
      action: "computer.split-agent",
      entity: "computer",
      entityId: made.id,
      tenantId: agent.tenantId,
      before: { agentId, computerId: fromId },
      after: { agentId, computerId: made.id },
    });
    return { computerId: made.id };
  });
}
