import { z } from "zod";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import { reportSession } from "../emails/report-session";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { loadRunningSession } from "./run-session-row";
import { writeSessionEvent } from "./session-events";

const input = z.strictObject({ sessionId: z.number().int() });

/** Tells the computer's user what was done, once, after a session that executed something. */
export async function reportEnd({ ctx, input: raw }: Call<typeof input>): Promise<void> {
  authorizeSystem(ctx);
  recordsNoChange("the session's events are the record");
  const { sessionId } = parseInput(input, raw);
  const { session } = await loadRunningSession(ctx, sessionId);
  if (!session.options.mailsAfter || session.executionStartedAt === null || session.status === "cancelled") return;
  const told = await reportSession({ ctx, input: { sessionId } });
  await withTransaction(ctx, (tx) =>
    writeSessionEvent(tx, sessionId, {
      key: "reported",
      kind: "reported",
      sentence: told.sentence,
      data: { toldCount: told.toldCount },
    }),
  );
}
