import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { sessions } from "@/db/schema";
import { audit } from "../audit";
import type { ServiceContext } from "../context";
import { parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { actorName, authorizeChange, tooLate } from "./changeable-session";
import { statusesBefore } from "./run-session-row";
import { writeSessionEvent } from "./session-events";

export const runSessionNowInput = z.strictObject({ sessionId: z.number().int() });

/**
 * Executes a waiting session now instead of at its time.
 * @throws ServiceError too-late once execution has begun.
 */
export async function runSessionNow({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.input<typeof runSessionNowInput>;
}): Promise<{ executionAt: Date }> {
  const { sessionId } = parseInput(runSessionNowInput, raw);
  return withTransaction(ctx, async (tx) => {
    const session = await authorizeChange(tx, sessionId, "allowsRunNow");
    const executionAt = tx.clock.now();
    const [hurried] = await tx.db
      .update(sessions)
      .set({ status: "pending-execution", executionAt })
      .where(and(eq(sessions.id, sessionId), inArray(sessions.status, statusesBefore("execute"))))
      .returning({ id: sessions.id });
    if (!hurried) throw await tooLate(tx, sessionId, "start it now");
    await audit(tx, {
      action: "session.run-now",
      entity: "session",
      entityId: sessionId,
      tenantId: session.tenantId,
      before: { executionAt: session.executionAt },
      after: { executionAt },
    });
    const eventId = await writeSessionEvent(tx, sessionId, {
      key: `run-now/${tx.ids.uuid()}`,
      kind: "run-now",
      sentence: `${actorName(tx)} asked for the maintenance to start now.`,
    });
    await tx.emit("session/changed", `session/changed/${sessionId}/${eventId}`, { sessionId, change: "run-now" });
    return { executionAt };
  });
}
