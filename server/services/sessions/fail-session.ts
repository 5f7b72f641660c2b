import { z } from "zod";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { endActions } from "./end-actions";
import { endSession } from "./end-session";
import { loadRunningSession } from "./run-session-row";
import { writeSessionEvent } from "./session-events";

const input = z.strictObject({ sessionId: z.number().int(), fault: z.string() });

/** Ends a session whose run broke down on a fault of the product itself, so that it does not go on saying that it runs. */
export async function failSession({ ctx, input: raw }: Call<typeof input>): Promise<void> {
  authorizeSystem(ctx);
  recordsNoChange("the session's events are the record");
  const { sessionId, fault } = parseInput(input, raw);
  await withTransaction(ctx, async (tx) => {
    const running = await loadRunningSession(tx, sessionId, { lock: true });
    if (running.session.endedAt !== null) return;
    const sentence = "The session stopped on a fault of Evenkeel itself; the server's log tells which.";
    await writeSessionEvent(tx, sessionId, { key: "fault", kind: "fault", sentence, data: { fault } });
    await endActions(tx, sessionId, { result: "failed", reason: sentence });
    await endSession(tx, running, { status: "failed", sentence });
  });
}
