import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { jobs, sessions } from "@/db/schema";
import { audit } from "../audit";
import type { ServiceContext } from "../context";
import { cancelWhere } from "../jobs/cancel-jobs";
import { parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { actorName, authorizeChange, tooLate } from "./changeable-session";
import { passTurn } from "./computer-turn";
import { endActions } from "./end-actions";
import { writeSessionEvent } from "./session-events";

export const cancelSessionInput = z.strictObject({ sessionId: z.number().int() });

/**
 * Calls a session off: what has not started never starts, a running script is stopped, and nothing is left as running.
 * A technician may do so until it has ended; one who holds a link only before execution begins.
 * @throws ServiceError too-late when it has begun (link) or ended.
 */
export async function cancelSession({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.input<typeof cancelSessionInput>;
}): Promise<{ sessionId: number }> {
  const { sessionId } = parseInput(cancelSessionInput, raw);
  return withTransaction(ctx, async (tx) => {
    const session = await authorizeChange(tx, sessionId, "allowsCancel");
    const at = tx.clock.now();
    const reason = `${actorName(tx)} cancelled it.`;
    const [cancelled] = await tx.db
      .update(sessions)
      .set({ status: "cancelled", statusReason: reason, endedAt: at, cancelRequestedAt: at })
      .where(
        and(
          eq(sessions.id, sessionId),
          isNull(sessions.endedAt),
          tx.actor.kind === "recipient" ? isNull(sessions.executionStartedAt) : undefined,
        ),
      )
      .returning({ id: sessions.id });
    if (!cancelled) throw await tooLate(tx, sessionId, "cancel");
    await endActions(tx, sessionId, { result: "cancelled", reason: "The session was cancelled." });
    await cancelWhere(tx, eq(jobs.sessionId, sessionId), reason);
    await audit(tx, {
      action: "session.cancel",
      entity: "session",
      entityId: sessionId,
      tenantId: session.tenantId,
      before: { status: session.status },
      after: { status: "cancelled" },
    });
    const eventId = await writeSessionEvent(tx, sessionId, { key: "cancelled", kind: "cancelled", sentence: reason });
    await tx.emit("session/changed", `session/changed/${sessionId}/${eventId}`, { sessionId, change: "cancelled" });
    if (session.computerId !== null) await passTurn(tx, { id: sessionId, computerId: session.computerId });
    return { sessionId };
  });
}
