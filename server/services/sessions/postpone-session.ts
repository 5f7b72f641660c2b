import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { sessions } from "@/db/schema";
import { checkPostpone, postponeChoiceIds } from "@/server/core/postpone";
import { audit } from "../audit";
import type { ServiceContext } from "../context";
import { ServiceError } from "../errors";
import { parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { actorName, authorizeChange, tooLate } from "./changeable-session";
import { postponeBudgetOf } from "./postpone-budget";
import { statusesBefore } from "./run-session-row";
import { writeSessionEvent } from "./session-events";

export const postponeSessionInput = z.strictObject({
  sessionId: z.number().int(),
  /** By one, two or four hours, to tomorrow's execution time, or to a moment. */
  to: z.union([z.enum(postponeChoiceIds), z.date()]),
});
export type PostponeSessionInput = z.input<typeof postponeSessionInput>;

/**
 * Moves the execution of a waiting session. One who holds a link spends from the session's budget (count and latest
 * time); a technician's postponement does not count and is bound only to lie in the future.
 * @throws ServiceError too-late once execution has begun, bad-input outside the budget.
 */
export async function postponeSession({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: PostponeSessionInput;
}): Promise<{ executionAt: Date; postponeCount: number }> {
  const { sessionId, to } = parseInput(postponeSessionInput, raw);
  return withTransaction(ctx, async (tx) => {
    const session = await authorizeChange(tx, sessionId, "allowsPostpone");
    const budget = postponeBudgetOf(session, tx.clock.now());
    if (budget === null || session.executionStartedAt !== null || session.endedAt !== null)
      throw await tooLate(tx, sessionId, "postpone");
    const counts = tx.actor.kind === "recipient";
    const answer = checkPostpone(
      to instanceof Date ? to.getTime() : to,
      counts ? budget : { ...budget, count: 0, maxCount: 1, latestAtMs: null },
    );
    if (!answer.ok) throw new ServiceError("bad-input", answer.sentence, { to: answer.sentence });
    // One statement settles the race with a starting execution and with another postponement.
    const [moved] = await tx.db
      .update(sessions)
      .set({
        status: "postponed",
        executionAt: new Date(answer.atMs),
        postponeCount: session.postponeCount + (counts ? 1 : 0),
        computerTurn: null,
        statusReason: null,
      })
      .where(
        and(
          eq(sessions.id, sessionId),
          inArray(sessions.status, statusesBefore("postpone")),
          isNotNull(sessions.executionAt),
          isNull(sessions.executionStartedAt),
          eq(sessions.postponeCount, session.postponeCount),
        ),
      )
      .returning({ executionAt: sessions.executionAt, postponeCount: sessions.postponeCount });
    if (!moved?.executionAt) throw await tooLate(tx, sessionId, "postpone");
    await audit(tx, {
      action: "session.postpone",
      entity: "session",
      entityId: sessionId,
      tenantId: session.tenantId,
      before: { executionAt: session.executionAt },
      after: { executionAt: moved.executionAt, postponeCount: moved.postponeCount },
    });
    const eventId = await writeSessionEvent(tx, sessionId, {
      key: `postponed/${tx.ids.uuid()}`,
      kind: "postponed",
      sentence: `${actorName(tx)} postponed the maintenance.`,
      data: { from: session.executionAt, to: moved.executionAt },
    });
    await tx.emit("session/changed", `session/changed/${sessionId}/${eventId}`, { sessionId, change: "postponed" });
    return { executionAt: moved.executionAt, postponeCount: moved.postponeCount };
  });
}
