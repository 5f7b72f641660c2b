import { and, eq, inArray, isNull, lte } from "drizzle-orm";
import { z } from "zod";
import { sessions } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { passTurn, takeTurn } from "./computer-turn";
import { loadRunningSession, statusesBefore } from "./run-session-row";
import { type Ended, ended, type Offline, offline, type Queued, queued } from "./run-steps";
import { writeSessionEvent } from "./session-events";

const input = z.strictObject({ sessionId: z.number().int() });

export type ExecutionBegun =
  | Ended
  | Offline
  | Queued
  | { readonly kind: "begun" }
  /** Its time has not come: it was moved. */
  | { readonly kind: "wait"; readonly executionAtMs: number };

/**
 * Begins execution if its time has come, the computer is free and connected. One statement settles the race with
 * postponing and cancelling: after it those are told that it has begun. Doing it again answers the same.
 */
export async function beginExecution({ ctx, input: raw }: Call<typeof input>): Promise<ExecutionBegun> {
  authorizeSystem(ctx);
  recordsNoChange("the session's events are the record");
  const { sessionId } = parseInput(input, raw);
  const running = await loadRunningSession(ctx, sessionId);
  const standing = standingOf(running.session, ctx.clock.now());
  if (standing) return standing;
  if (!running.online) return offline;
  return withTransaction(ctx, async (tx) => {
    if (!(await takeTurn(tx, { id: sessionId, computerId: running.computerId }))) {
      await tx.db
        .update(sessions)
        .set({ statusReason: "Waits until the computer's running session has ended." })
        .where(eq(sessions.id, sessionId));
      return queued;
    }
    const now = tx.clock.now();
    const [begun] = await tx.db
      .update(sessions)
      .set({ status: "running", stage: "execution", executionStartedAt: now, statusReason: null })
      .where(
        and(
          eq(sessions.id, sessionId),
          isNull(sessions.endedAt),
          isNull(sessions.executionStartedAt),
          inArray(sessions.status, [...statusesBefore("execute"), ...statusesBefore("connect")]),
          lte(sessions.executionAt, now),
        ),
      )
      .returning({ id: sessions.id });
    if (begun) {
      await writeSessionEvent(tx, sessionId, {
        key: "execution-started",
        kind: "execution-started",
        sentence: "Execution began.",
      });
      return { kind: "begun" };
    }
    // Moved or called off in between.
    const { session } = await loadRunningSession(tx, sessionId, { lock: true });
    const moved = standingOf(session, now) ?? ended;
    if (moved.kind === "wait") {
      await passTurn(tx, { id: sessionId, computerId: running.computerId });
    }
    return moved;
  });
}

/** What is decided already, or null when execution may begin. */
function standingOf(session: typeof sessions.$inferSelect, now: Date): ExecutionBegun | null {
  if (session.endedAt !== null || session.executionAt === null) return ended;
  if (session.executionStartedAt !== null) return { kind: "begun" };
  if (session.executionAt > now) return { kind: "wait", executionAtMs: session.executionAt.getTime() };
  return null;
}
