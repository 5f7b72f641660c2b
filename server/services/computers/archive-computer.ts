import { and, eq, isNull } from "drizzle-orm";
import { agents, computers, jobs, sessions } from "@/db/schema";
import { audit } from "../audit";
import { authorize } from "../authorize";
import { ServiceError } from "../errors";
import { cancelWhere } from "../jobs/cancel-jobs";
import { type Call, idInput, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { requireComputer } from "./require-computer";

/** Takes a computer out of use: its agents are revoked. A machine that enrols again comes back by itself. */
export async function archiveComputer({ ctx, input: raw }: Call<typeof idInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id } = parseInput(idInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await requireComputer(tx, id);
    if (before.status === "archived") return { id };
    const [live] = await tx.db
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.computerId, id), isNull(sessions.endedAt)))
      .limit(1);
    if (live) throw new ServiceError("conflict", `Session ${live.id} has not ended; cancel it first.`);
    const now = tx.clock.now();
    const revoked = await tx.db
      .update(agents)
      .set({ revokedAt: now })
      .where(and(eq(agents.computerId, id), isNull(agents.revokedAt)))
      .returning({ id: agents.id });
    await cancelWhere(tx, eq(jobs.computerId, id), "The computer was archived.");
    for (const { id: agentId } of revoked) tx.signal({ channel: "agents", agentId, what: "revoked" });
    const [after] = await tx.db
      .update(computers)
      .set({ status: "archived", statusReason: null, online: false })
      .where(eq(computers.id, id))
      .returning();
    await audit(tx, {
      action: "computer.archive",
      entity: "computer",
      entityId: id,
      tenantId: before.tenantId,
      before,
      after,
    });
    tx.signal({ channel: "presence", computerId: id });
    return { id };
  });
}
