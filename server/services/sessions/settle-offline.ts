import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { sessions } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { passTurn } from "./computer-turn";
import { endExecution } from "./end-execution";
import { endSession } from "./end-session";
import { loadRunningSession, statusesBefore } from "./run-session-row";
import { type Ended, ended } from "./run-steps";
import { writeSessionEvent } from "./session-events";

const input = z.strictObject({
  sessionId: z.number().int(),
  /** Makes the event of each time it happens one of its own. */
  round: z.string(),
  /** The patience with a session that applies when the computer connects is over too. */
  givesUp: z.boolean(),
});

/** `connected`: it is back; `wait`: the session waits until it is, and leaves the computer to others until then. */
export type OfflineSettled = Ended | { readonly kind: "connected" } | { readonly kind: "wait" };

/** Decides what becomes of a session whose computer stayed away: missed, or kept until the computer connects. */
export async function settleOffline({ ctx, input: raw }: Call<typeof input>): Promise<OfflineSettled> {
  authorizeSystem(ctx);
  recordsNoChange("the session's events are the record");
  const { sessionId, round, givesUp } = parseInput(input, raw);
  return withTransaction(ctx, async (tx) => {
    const running = await loadRunningSession(tx, sessionId, { lock: true });
    const { session, computer, online, computerId } = running;
    if (session.endedAt !== null) return ended;
    if (online) return { kind: "connected" };
    if (session.options.offline === "skip" || givesUp) {
      if (session.executionStartedAt !== null) {
        await endExecution(tx, running, `${computer.name} could not be reached any more.`);
      } else {
        const sentence = givesUp
          ? `${computer.name} did not connect for too long.`
          : `${computer.name} was not connected.`;
        await endSession(tx, running, { status: "missed", sentence });
      }
      return ended;
    }
    const reason = `Waits until ${computer.name} connects.`;
    await tx.db
      .update(sessions)
      .set({ status: "pending-connectivity", statusReason: reason })
      .where(
        and(
          eq(sessions.id, sessionId),
          isNull(sessions.endedAt),
          inArray(sessions.status, statusesBefore("lose-connection")),
        ),
      );
    await writeSessionEvent(tx, sessionId, { key: `offline/${round}`, kind: "offline", sentence: reason });
    await passTurn(tx, { id: sessionId, computerId });
    return { kind: "wait" };
  });
}
