import { z } from "zod";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import { announceSession } from "../emails/announce-session";
import { confirmPostponement } from "../emails/confirm-postponement";
import type { Told } from "../emails/told";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import type { SessionLook } from "./look-at-session";
import { loadRunningSession } from "./run-session-row";
import { writeSessionEvent } from "./session-events";

const input = z.strictObject({ sessionId: z.number().int() });

/**
 * Tells the computer's user what will be done and when, and again when it was postponed, each once; writes into the
 * session who was told, or why no one was. Answers how the session stands.
 */
export async function announcePlan({ ctx, input: raw }: Call<typeof input>): Promise<SessionLook> {
  authorizeSystem(ctx);
  recordsNoChange("the session's events are the record");
  const { sessionId } = parseInput(input, raw);
  const { session, online } = await loadRunningSession(ctx, sessionId);
  const isWaiting = session.endedAt === null && session.executionStartedAt === null;
  if (isWaiting) {
    const isMoved = session.status === "postponed";
    const told: Told = isMoved
      ? await confirmPostponement({ ctx, input: { sessionId } })
      : await announceSession({ ctx, input: { sessionId } });
    await withTransaction(ctx, (tx) =>
      writeSessionEvent(tx, sessionId, {
        key: isMoved ? `announced/${session.executionAt?.getTime()}` : "announced",
        kind: told.toldCount > 0 ? "announced" : "not-announced",
        sentence: told.sentence,
        data: { toldCount: told.toldCount },
      }),
    );
  }
  return {
    ended: session.endedAt !== null,
    online,
    holdsComputer: session.computerTurn === "holds",
    executionAtMs: session.executionAt?.getTime() ?? null,
  };
}
