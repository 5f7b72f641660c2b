import { z } from "zod";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { loadRunningSession } from "./run-session-row";

const input = z.strictObject({ sessionId: z.number().int() });

export interface SessionLook {
  readonly ended: boolean;
  readonly online: boolean;
  readonly holdsComputer: boolean;
  /** Null before there is a plan. */
  readonly executionAtMs: number | null;
}

/** How a session stands, for its run to look once more after it has begun to wait for news: nothing is lost between. */
export async function lookAtSession({ ctx, input: raw }: Call<typeof input>): Promise<SessionLook> {
  authorizeSystem(ctx);
  const { session, online } = await loadRunningSession(ctx, parseInput(input, raw).sessionId);
  return {
    ended: session.endedAt !== null,
    online,
    holdsComputer: session.computerTurn === "holds",
    executionAtMs: session.executionAt?.getTime() ?? null,
  };
}
