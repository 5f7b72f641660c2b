import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { agents, computers } from "@/db/schema";
import { audit } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound, ServiceError } from "../errors";
import { parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";
import { identityKey } from "./computer-facts";
import { archiveAsMerged, wipeComputer } from "./place-agent";
import { settlePresence } from "./settle-presence";

const input = z.strictObject({
  /** The computer that needs the decision. */
  computerId: z.number().int(),
  /**
   * `same`: it is the known computer; its agent becomes a further agent of that one.
   * `different`: it is a computer of its own, known by its OS installation.
   * `replace`: it takes the known computer's place, as after a wipe; the agents there are identified anew.
   */
  decision: z.enum(["same", "different", "replace"]),
  /** The known computer, when it is not the one that was found. */
  otherComputerId: z.number().int().optional(),
});

/** A person's answer about a machine in quarantine. Answers the computer that it is from now on. */
export async function decideIdentity({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.input<typeof input>;
}): Promise<{ computerId: number }> {
  authorize(ctx, "operate");
  const { computerId, decision, otherComputerId } = parseInput(input, raw);
  return withTransaction(ctx, async (tx) => {
    const asked = await lockVisible(tx, computerId);
    if (asked.status !== "needs-decision") {
      throw new ServiceError("conflict", "This has been decided already. Look at the computer again.");
    }
    const own = await tx.db.select().from(agents).where(eq(agents.computerId, computerId)).orderBy(agents.enrolledAt);
    const result = decision === "different" ? await keepApart() : await joinOther();
    for (const agent of own) {
      if (agent.facts) {
        await tx.db
          .update(agents)
          .set({ identityKey: identityKey(agent.facts) })
          .where(eq(agents.id, agent.id));
      }
    }
    const [first] = own;
    if (first) await settlePresence(tx, [computerId, result], first.id);
    await audit(tx, {
      action: "computer.decide-identity",
      entity: "computer",
      entityId: computerId,
      tenantId: asked.tenantId,
      before: { status: asked.status, rivalComputerId: asked.rivalComputerId },
      after: { decision, computerId: result },
    });
    return { computerId: result };

    async function keepApart(): Promise<number> {
      await tx.db
        .update(computers)
        .set({ status: "needs-onboarding", statusReason: null, identity: "weak", rivalComputerId: null })
        .where(eq(computers.id, computerId));
      return computerId;
    }

    async function joinOther(): Promise<number> {
      const otherId = otherComputerId ?? asked.rivalComputerId;
      if (otherId === null || otherId === computerId) {
        throw new ServiceError("bad-input", "Say which known computer is meant.", { otherComputerId: "is missing" });
      }
      const other = await lockVisible(tx, otherId);
      if (other.tenantId !== asked.tenantId) {
        throw new ServiceError(
          "conflict",
          "The other computer belongs to another customer. Archive it there, or decide that this is a different one.",
        );
      }
      if (other.status === "needs-decision" || other.status === "failed") {
        throw new ServiceError("conflict", "The other computer is not identified itself yet; decide about it first.");
      }
      await tx.db.update(agents).set({ computerId: otherId }).where(eq(agents.computerId, computerId));
      const [newest] = own.filter((agent) => agent.facts).slice(-1);
      if (decision === "replace" && newest?.facts) {
        const reason = "Another machine took its place.";
        await wipeComputer(tx, { ...newest, facts: newest.facts, computerId: otherId }, otherId, reason);
      }
      await archiveAsMerged(tx, computerId, otherId);
      return otherId;
    }
  });
}

async function lockVisible(tx: TransactionContext, computerId: number) {
  const [found] = await tx.db
    .select()
    .from(computers)
    .where(and(eq(computers.id, computerId), inVisibleTenants(tx, computers.tenantId)))
    .for("no key update");
  if (!found) throw notFound("That computer");
  return found;
}
