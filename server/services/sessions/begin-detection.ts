import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { computers, sessions } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { ServiceError } from "../errors";
import { createJob } from "../jobs/create-job";
import { reasonWhileHeld } from "../jobs/dispatch-switch";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { takeTurn } from "./computer-turn";
import { count } from "./count";
import { addDetectionSteps, FACTS_KEY, INVENTORY_KEY, winningValues } from "./detection-steps";
import { endSession } from "./end-session";
import { detectionJobId } from "./job-ids";
import { loadResolution, type Resolution } from "./loaders/load-resolution";
import { loadPlanKnowledge } from "./loaders/plan-knowledge";
import { narrowResolutions } from "./narrow-plan";
import { loadRunningSession, type RunningSession, statusesBefore } from "./run-session-row";
import { type Dispatching, dispatched, ended, offline, queued } from "./run-steps";
import type { JobSteps } from "./script-step";
import { writeSessionEvent } from "./session-events";

const input = z.strictObject({ sessionId: z.number().int(), attempt: z.number().int().min(1) });

/** How long a job may wait for an agent that was connected when the job was made. */
export const START_PATIENCE_MS = 5 * 60_000;

/**
 * Decides what the session's computer should be, keeps that decision with its trace, and asks the computer in one job
 * for its facts, its inventory and every detection that the decision needs, prerequisites included. Doing it again with
 * the same attempt changes nothing.
 */
export async function beginDetection({ ctx, input: raw }: Call<typeof input>): Promise<Dispatching> {
  authorizeSystem(ctx);
  recordsNoChange("the session's events are the record");
  const { sessionId, attempt } = parseInput(input, raw);
  const running = await loadRunningSession(ctx, sessionId);
  if (running.session.endedAt !== null || running.session.planHash !== null) return ended;
  if (!running.online) return offline;
  const job: JobSteps = {
    steps: [
      { kind: "facts", key: FACTS_KEY },
      { kind: "inventory", key: INVENTORY_KEY },
    ],
    secrets: {},
  };
  const resolution = await resolveSession(ctx, running);
  const knowledge = await loadPlanKnowledge(ctx, running, resolution.resolutions);
  await addDetectionSteps(ctx, job, knowledge.batch, knowledge.loaded, winningValues(resolution.resolutions));

  return withTransaction(ctx, async (tx) => {
    if (!(await takeTurn(tx, { id: sessionId, computerId: running.computerId }))) return queued;
    const [begun] = await tx.db
      .update(sessions)
      .set({
        status: "running",
        stage: "detection",
        statusReason: reasonWhileHeld,
        startedAt: running.session.startedAt ?? tx.clock.now(),
        generation: running.computer.generation,
        trace: resolution,
      })
      .where(
        and(
          eq(sessions.id, sessionId),
          isNull(sessions.endedAt),
          inArray(sessions.status, [
            ...new Set([...statusesBefore("start"), ...statusesBefore("connect"), "running" as const]),
          ]),
        ),
      )
      .returning({ id: sessions.id });
    if (!begun) return ended;
    if (running.session.kind === "onboarding") {
      await tx.db
        .update(computers)
        .set({ status: "onboarding" })
        .where(and(eq(computers.id, running.computerId), eq(computers.status, "needs-onboarding")));
    }
    await writeSessionEvent(tx, sessionId, {
      key: `detection/${attempt}`,
      kind: "started",
      sentence: `Detection of ${count(knowledge.batch.questions.length, "item")} began.`,
    });
    try {
      await createJob({
        ctx: tx,
        input: {
          id: detectionJobId(sessionId, attempt),
          computerId: running.computerId,
          sessionId,
          purpose: "detect",
          steps: job.steps,
          secrets: job.secrets,
          attempt,
          generation: running.computer.generation,
          expiresAt: new Date(tx.clock.now().getTime() + START_PATIENCE_MS),
        },
      });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      await endSession(tx, running, { status: "failed", sentence: error.message });
      return ended;
    }
    return dispatched(false);
  });
}

/** What the session's computer should be: of every item, or of the one the session is for. */
export async function resolveSession(
  ctx: ServiceContext,
  { session, computerId }: RunningSession,
): Promise<Resolution> {
  const found = await loadResolution(ctx, computerId, session.kind === "onboarding" ? "onboarding" : "normal");
  return session.itemId === null
    ? found
    : { ...found, resolutions: narrowResolutions(found.resolutions, session.itemId) };
}
