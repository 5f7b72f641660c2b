import { eq } from "drizzle-orm";
import { z } from "zod";
import { agents } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound, ServiceError } from "../errors";
import { parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";
import { identityKey } from "./computer-facts";
import { decideMachine } from "./decide-machine";
import { loadCandidates, loadKnownBadUuids } from "./load-candidates";
import { lockIdentity } from "./lock-identity";
import { placeAgent } from "./place-agent";
import { recordIdentifyFailure } from "./record-identify-failure";

const input = z.strictObject({ agentId: z.uuid() });

export interface Identified {
  readonly computerId: number;
  /** `unchanged`: it was identified by the same facts before. */
  readonly decision: "unchanged" | "new" | "same-computer" | "wiped" | "weak" | "needs-decision";
}

/**
 * Finds out which computer an agent runs on, and makes, joins, wipes or quarantines it accordingly (domain page,
 * chapter 3). Harmless to repeat; machines that could be mistaken for each other wait for each other. A failure is
 * counted and thrown; after the fifth the machine shows under *failed*.
 */
export async function identifyAgent({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.input<typeof input>;
}): Promise<Identified> {
  authorizeSystem(ctx);
  recordsNoChange("placeAgent writes what became of the computer");
  const { agentId } = parseInput(input, raw);
  try {
    return await withTransaction(ctx, (tx) => identify(tx, agentId));
  } catch (error) {
    if (!(error instanceof ServiceError && error.code === "not-found")) {
      await recordIdentifyFailure(ctx, agentId, error);
    }
    throw error;
  }
}

async function identify(tx: TransactionContext, agentId: string): Promise<Identified> {
  const [agent] = await tx.db.select().from(agents).where(eq(agents.id, agentId)).for("no key update");
  if (!agent || agent.revokedAt) throw notFound("That agent");
  const { facts } = agent;
  if (!facts) throw new ServiceError("unavailable", "The agent has not said anything about its machine yet.");
  if (agent.computerId !== null && agent.identityKey === identityKey(facts)) {
    return { computerId: agent.computerId, decision: "unchanged" };
  }
  await lockIdentity(tx, facts);
  const candidates = await loadCandidates(tx, agent, facts);
  const knownBad = await loadKnownBadUuids(tx);
  const decision = decideMachine({ tenantId: agent.tenantId, facts, candidates, knownBad });
  const computerId = await placeAgent(tx, { ...agent, facts }, decision);
  await tx.db
    .update(agents)
    .set({ computerId, identityKey: identityKey(facts), identifyFailures: 0 })
    .where(eq(agents.id, agentId));
  return { computerId, decision: decision.decision };
}
