import { and, desc, eq, inArray, type SQL } from "drizzle-orm";
import { actions, computers, jobs } from "@/db/schema";
import { readDetections } from "@/server/core/batch";
import type { ItemDetection } from "@/server/core/plan";
import type { ServiceContext } from "../context";
import { cancelJobs } from "../jobs/cancel-jobs";
import { type JobResults, readJobResults } from "../jobs/read-job-results";
import type { TransactionContext } from "../transaction";
import { loadVerification } from "./action-job";
import { type Judgement, judgeAction, toAnswers } from "./judge-action";
import { recordDetections } from "./record-detections";
import { recordMachine } from "./record-machine";
import type { RunningSession } from "./run-session-row";
import { writeSessionEvent } from "./session-events";
import { readVerification, settleVerification, type VerifiedPlan } from "./verify-plan";

/** What ran last in a session, with what came of it, read before anything is changed. */
export type RanLast =
  | {
      readonly kind: "action";
      readonly action: typeof actions.$inferSelect;
      readonly jobId: string;
      readonly job: JobResults;
      readonly detections: ReadonlyMap<number, ItemDetection>;
      readonly judgement: Judgement;
    }
  | {
      readonly kind: "plan";
      readonly jobId: string;
      readonly job: JobResults;
      /** Verification jobs so far, this one included. */
      readonly tries: number;
      /** Null: the job did not finish. */
      readonly verified: VerifiedPlan | null;
    };

/** Reads what ran last and is not settled yet; null when there is nothing. */
export async function readRunning(ctx: ServiceContext, running: RunningSession): Promise<RanLast | null> {
  const { session } = running;
  const [action] = await ctx.db
    .select()
    .from(actions)
    .where(and(eq(actions.sessionId, session.id), inArray(actions.status, ["running", "verifying"])));
  if (action) return readAction(ctx, running, action);
  if (session.planVerifiedAt !== null) return null;
  const last = await newestJob(ctx, and(eq(jobs.sessionId, session.id), eq(jobs.purpose, "verify")));
  if (!last) return null;
  const job = await readJobResults({ ctx, input: { jobId: last.id } });
  const verified = job.status === "finished" ? await readVerification(ctx, running, job) : null;
  return { kind: "plan", jobId: last.id, job, tries: last.attempt, verified };
}

async function readAction(
  ctx: ServiceContext,
  running: RunningSession,
  action: typeof actions.$inferSelect,
): Promise<RanLast> {
  const last = await newestJob(ctx, eq(jobs.actionId, action.id));
  if (!last || action.planned === null) throw new Error(`Action ${action.id} runs without a job`);
  const job = await readJobResults({ ctx, input: { jobId: last.id } });
  const { batch } = await loadVerification(ctx, running, action.planned);
  const detections = readDetections(batch, toAnswers(job.results));
  const judgement = judgeAction({
    action: action.planned,
    attempt: action.attempt,
    job: { ...job, wasStarted: last.startedAt !== null },
    verification: detections.get(action.itemId),
    scheme: batch.questions[0]?.scheme ?? "generic",
  });
  return { kind: "action", action, jobId: last.id, job, detections, judgement };
}

/** Attempts count up, so that the newest is known even where two jobs were made in the same moment. */
async function newestJob(ctx: ServiceContext, which: SQL | undefined) {
  const [last] = await ctx.db
    .select({ id: jobs.id, attempt: jobs.attempt, startedAt: jobs.startedAt })
    .from(jobs)
    .where(which)
    .orderBy(desc(jobs.attempt))
    .limit(1);
  return last;
}

/** Writes down what came of what ran last. True: the computer could not be reached, and it is to be tried again. */
export async function settleRunning(tx: TransactionContext, running: RunningSession, ran: RanLast): Promise<boolean> {
  const { session, computerId } = running;
  if (!ran.job.ended) {
    await cancelJobs({ ctx: tx, input: { jobIds: [ran.jobId], reason: "It took longer than it may." } });
  }
  await recordMachine(tx, { jobId: ran.jobId, computerId }, ran.job.results);
  if (ran.kind === "plan") return settleVerification(tx, running, ran);
  const { action, judgement } = ran;
  const isOpen = and(eq(actions.id, action.id), inArray(actions.status, ["running", "verifying"]));
  if (judgement.verdict !== "settled") {
    await tx.db.update(actions).set({ status: "pending", resultReason: judgement.reason }).where(isOpen);
    await writeSessionEvent(tx, session.id, {
      key: `action/${action.position}/ended/${action.attempt}`,
      kind: "action-ended",
      sentence: `${action.sentence} ${judgement.reason}`,
    });
    return judgement.verdict === "unreachable";
  }
  const { result, reason, resultVersion, rebootPending } = judgement;
  await tx.db
    .update(actions)
    .set({ status: "done", result, resultReason: reason, resultVersion, endedAt: tx.clock.now() })
    .where(isOpen);
  if (rebootPending) await tx.db.update(computers).set({ pendingReboot: true }).where(eq(computers.id, computerId));
  const { detections } = ran;
  if (ran.job.status === "finished") {
    await recordDetections(tx, { computerId, sessionId: session.id, detections, knowledge: { resolutions: [] } });
  }
  await writeSessionEvent(tx, session.id, {
    key: `action/${action.position}/ended/${action.attempt}`,
    kind: "action-ended",
    sentence: reason === null ? `Done: ${action.sentence}` : `${action.sentence} It failed: ${reason}`,
    data: { actionId: action.id, result },
  });
  return false;
}
