import { and, eq, inArray } from "drizzle-orm";
import { actions, sessions } from "@/db/schema";
import { readDetections } from "@/server/core/batch";
import { type ItemDetection, planSession, verifyPlan } from "@/server/core/plan";
import type { ServiceContext } from "../context";
import { isDispatchStopped } from "../jobs/is-dispatch-stopped";
import type { JobResults } from "../jobs/read-job-results";
import type { TransactionContext } from "../transaction";
import { resolveSession } from "./begin-detection";
import { count } from "./count";
import { addDetectionSteps, winningValues } from "./detection-steps";
import { endExecution } from "./end-execution";
import { toAnswers } from "./judge-action";
import { loadPlanKnowledge, type PlanKnowledge, toPlanInput } from "./loaders/plan-knowledge";
import { recordDetections } from "./record-detections";
import type { RunningSession } from "./run-session-row";
import type { JobSteps } from "./script-step";
import { writeSessionEvent, writeSessionEvents } from "./session-events";

const VERIFICATION_TRIES = 3;

/** What a fresh detection says of the announced plan. */
export interface VerifiedPlan {
  readonly knowledge: PlanKnowledge;
  readonly detections: ReadonlyMap<number, ItemDetection>;
  /** Keys of announced actions that are no longer needed. */
  readonly nowCompliant: readonly string[];
  /** Announced actions that cannot be done any more, with the reason. */
  readonly nowFailing: readonly { readonly key: string; readonly sentence: string }[];
}

/** Asks the computer once more about the items of the announced plan, and what they need first; about nothing else. */
export async function buildVerifyJob(ctx: ServiceContext, running: RunningSession): Promise<JobSteps> {
  const knowledge = await loadAnnounced(ctx, running);
  const job: JobSteps = { steps: [{ kind: "inventory", key: "inventory" }], secrets: {} };
  await addDetectionSteps(ctx, job, knowledge.batch, knowledge.loaded, winningValues(knowledge.resolutions));
  return job;
}

/** Judges the announced plan by what the verification job brought and by what is deployed now. */
export async function readVerification(
  ctx: ServiceContext,
  running: RunningSession,
  job: JobResults,
): Promise<VerifiedPlan> {
  const knowledge = await loadAnnounced(ctx, running);
  const detections = readDetections(knowledge.batch, toAnswers(job.results));
  const frozen = await loadFrozen(ctx, running.session.id);
  const { nowCompliant, nowFailing } = verifyPlan(frozen, planSession(toPlanInput(knowledge, detections)));
  return { knowledge, detections, nowCompliant, nowFailing };
}

async function loadAnnounced(ctx: ServiceContext, running: RunningSession): Promise<PlanKnowledge> {
  const announced = new Set((await loadFrozen(ctx, running.session.id)).map((action) => action.itemId));
  const { resolutions } = await resolveSession(ctx, running);
  return loadPlanKnowledge(
    ctx,
    running,
    resolutions.filter(
      ({ itemId, winner }) =>
        announced.has(itemId) || winner?.desiredState === "ignored" || winner?.desiredState === "uninstalled",
    ),
  );
}

async function loadFrozen(ctx: ServiceContext, sessionId: number) {
  const found = await ctx.db
    .select({ planned: actions.planned })
    .from(actions)
    .where(and(eq(actions.sessionId, sessionId), inArray(actions.status, ["pending", "waiting"])))
    .orderBy(actions.position);
  return found.flatMap(({ planned }) => (planned === null ? [] : [planned]));
}

/** Writes down what verifying brought. True: the computer could not be reached. */
export async function settleVerification(
  tx: TransactionContext,
  running: RunningSession,
  ran: { readonly job: JobResults; readonly tries: number; readonly verified: VerifiedPlan | null },
): Promise<boolean> {
  const { session, computerId } = running;
  if (ran.verified === null) {
    const { stopped } = await isDispatchStopped({ ctx: tx });
    if (ran.job.status !== "refused" && (stopped || ran.tries < VERIFICATION_TRIES)) return true;
    const reason = ran.job.endReason ?? "The computer did not answer.";
    await endExecution(tx, running, `The plan could not be verified, so nothing was done. ${reason}`);
    return false;
  }
  const { detections, knowledge } = ran.verified;
  await tx.db.update(sessions).set({ planVerifiedAt: tx.clock.now() }).where(eq(sessions.id, session.id));
  await recordDetections(tx, { computerId, sessionId: session.id, detections, knowledge });
  const { dropped, failed } = await settleActions(tx, session.id, ran.verified);
  const changes = [
    ...(dropped > 0 ? [`${count(dropped, "action")} no longer needed`] : []),
    ...(failed > 0 ? [`${count(failed, "action")} that cannot be done any more`] : []),
  ];
  await writeSessionEvent(tx, session.id, {
    key: "plan-verified",
    kind: "plan-verified",
    sentence:
      changes.length === 0
        ? "The plan was checked again and still holds."
        : `The plan was checked again: ${changes.join(", ")}.`,
  });
  return false;
}

/** Ends the announced actions that are not run after all; answers how many of each kind. */
async function settleActions(
  tx: TransactionContext,
  sessionId: number,
  { nowCompliant, nowFailing }: VerifiedPlan,
): Promise<{ dropped: number; failed: number }> {
  const open = await tx.db
    .select({ id: actions.id, position: actions.position, sentence: actions.sentence, planned: actions.planned })
    .from(actions)
    .where(and(eq(actions.sessionId, sessionId), inArray(actions.status, ["pending", "waiting"])))
    .orderBy(actions.position);
  const reasons = new Map(nowFailing.map(({ key, sentence }) => [key, sentence]));
  const done = open.filter(({ planned }) => planned !== null && nowCompliant.includes(planned.key));
  const failing = open.flatMap((action) => {
    const reason = action.planned === null ? undefined : reasons.get(action.planned.key);
    return reason === undefined ? [] : [{ ...action, reason }];
  });
  const endedAt = tx.clock.now();
  if (done.length > 0) {
    const resultReason = "It was no longer needed when execution began.";
    await tx.db
      .update(actions)
      .set({ status: "done", result: "compliant", resultReason, endedAt })
      .where(
        inArray(
          actions.id,
          done.map(({ id }) => id),
        ),
      );
  }
  for (const { id, reason } of failing) {
    await tx.db
      .update(actions)
      .set({ status: "done", result: "failed", resultReason: reason, endedAt })
      .where(eq(actions.id, id));
  }
  await writeSessionEvents(
    tx,
    failing.map(({ position, sentence, reason }) => ({
      sessionId,
      key: `action/${position}/unrun`,
      kind: "action-ended",
      sentence: `${sentence} It was not run: ${reason}`,
    })),
  );
  return { dropped: done.length, failed: failing.length };
}
