import { createHash } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { sessions } from "@/db/schema";
import { readDetections } from "@/server/core/batch";
import { canonicalPlan, planSession as makePlan, type Plan } from "@/server/core/plan";
import { nextExecutionAt, summarizeSession } from "@/server/core/session";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { cancelJobs } from "../jobs/cancel-jobs";
import { isDispatchStopped } from "../jobs/is-dispatch-stopped";
import { type JobResults, readJobResults } from "../jobs/read-job-results";
import { type Call, parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";
import { passTurn } from "./computer-turn";
import { count } from "./count";
import { endSession } from "./end-session";
import { detectionJobId } from "./job-ids";
import type { Resolution } from "./loaders/load-resolution";
import { loadPlanKnowledge, type PlanKnowledge, toPlanInput } from "./loaders/plan-knowledge";
import { narrowPlan } from "./narrow-plan";
import { recordDetections } from "./record-detections";
import { recordMachine } from "./record-machine";
import { loadRunningSession, type RunningSession } from "./run-session-row";
import { type Ended, ended, type Offline, offline } from "./run-steps";
import { compliantResult, saveActions } from "./save-actions";
import { writeSessionEvent } from "./session-events";

const input = z.strictObject({ sessionId: z.number().int(), attempt: z.number().int().min(1) });

export type Planned =
  | Ended
  | Offline
  /** The job brought nothing to plan from; detect once more. */
  | { readonly kind: "detect-again" }
  /** Every dispatch is stopped: the job still waits, and so does the session. */
  | { readonly kind: "held" }
  /** Something is to be done, and its time is now. */
  | { readonly kind: "execute" }
  | { readonly kind: "wait"; readonly executionAtMs: number };

/** Tries to detect before the session fails; an agent that dies three times in a row will not do better the fourth. */
const DETECTION_TRIES = 3;

/**
 * Reads what the detection job brought, plans, and freezes the plan: actions in the order in which they run, what is
 * known of the computer now, and when execution starts. With nothing to do the session ends here. Doing it again
 * answers what was decided before.
 */
export async function planSession({ ctx, input: raw }: Call<typeof input>): Promise<Planned> {
  authorizeSystem(ctx);
  recordsNoChange("the session's events are the record");
  const { sessionId, attempt } = parseInput(input, raw);
  const running = await loadRunningSession(ctx, sessionId);
  const decided = decisionOf(running);
  if (decided) return decided;
  const jobId = detectionJobId(sessionId, attempt);
  const job = await readJobResults({ ctx, input: { jobId } });
  if (job.status !== "finished") return giveUpJob(ctx, running, jobId, attempt, job);

  const { resolutions } = running.session.trace as Resolution;
  const knowledge = await loadPlanKnowledge(ctx, running, resolutions);
  const detections = readDetections(
    knowledge.batch,
    Object.entries(job.results).map(([stepKey, result]) => ({ stepKey, result })),
  );
  const whole = makePlan(toPlanInput(knowledge, detections));
  const plan = running.session.itemId === null ? whole : narrowPlan(whole, running.session.itemId);

  return withTransaction(ctx, async (tx) => {
    const locked = await loadRunningSession(tx, sessionId, { lock: true });
    const before = decisionOf(locked);
    if (before) return before;
    await recordMachine(tx, { jobId, computerId: running.computerId }, job.results);
    await recordDetections(tx, { computerId: running.computerId, sessionId, detections, knowledge });
    await saveActions(tx, locked.session, plan);
    await writeSessionEvent(tx, sessionId, { key: "planned", kind: "planned", sentence: planSentence(plan) });
    return freeze(tx, locked, plan, knowledge);
  });
}

/** What an earlier try of this step decided, or null. */
function decisionOf({ session }: RunningSession): Planned | null {
  if (session.endedAt !== null) return ended;
  if (session.planHash === null || session.executionAt === null) return null;
  if (session.status === "running") return { kind: "execute" };
  return { kind: "wait", executionAtMs: session.executionAt.getTime() };
}

async function freeze(
  tx: TransactionContext,
  running: RunningSession,
  plan: Plan,
  knowledge: PlanKnowledge,
): Promise<Planned> {
  const { session, computerId } = running;
  const now = tx.clock.now();
  const frozen = {
    planHash: createHash("sha256").update(canonicalPlan(plan)).digest("hex"),
    planFrozenAt: now,
  };
  const toDo = session.kind === "detection-only" ? [] : plan.actions.filter((action) => action.failsWith === null);
  if (toDo.length === 0) {
    await tx.db.update(sessions).set(frozen).where(eq(sessions.id, session.id));
    await endSession(tx, running, outcomeWithoutExecution(session.kind, plan, knowledge));
    return ended;
  }
  const executionAtMs = nextExecutionAt({ detectionEndedAtMs: now.getTime(), options: session.options });
  const executionAt = new Date(executionAtMs);
  const atOnce = executionAtMs <= now.getTime();
  await tx.db
    .update(sessions)
    .set({
      ...frozen,
      executionAt,
      postponeLatestAt: new Date(executionAtMs + session.options.postponeMaxHours * 3_600_000),
      stage: atOnce ? "execution" : "announcement",
      status: atOnce ? "running" : "pending-execution",
      planVerifiedAt: atOnce ? now : null,
      executionStartedAt: atOnce ? now : null,
    })
    .where(and(eq(sessions.id, session.id), isNull(sessions.endedAt)));
  if (atOnce) {
    await writeSessionEvent(tx, session.id, {
      key: "announced",
      kind: "not-announced",
      sentence: session.options.mailsBefore
        ? "Nobody was told beforehand: execution begins at once, which leaves no time to react."
        : "No e-mail before it: none was asked for, and execution begins at once.",
      data: { toldCount: 0 },
    });
    return { kind: "execute" };
  }
  await passTurn(tx, { id: session.id, computerId });
  return { kind: "wait", executionAtMs };
}

function outcomeWithoutExecution(kind: string, plan: Plan, knowledge: PlanKnowledge) {
  const toDo = plan.actions.filter((action) => action.failsWith === null);
  const failures = plan.actions.length - toDo.length;
  if (kind === "detection-only") {
    return {
      status: failures === 0 ? ("passed" as const) : ("partially-passed" as const),
      sentence: `Detection only: ${count(toDo.length, "action")} would be run${
        failures === 0 ? "" : ` and ${count(failures, "item")} could not be judged`
      }.`,
    };
  }
  const status = summarizeSession([
    ...plan.actions.map(() => ({ result: "failed" as const })),
    ...plan.compliant.map((action) => ({ result: compliantResult(action.reason) })),
  ]);
  if (failures > 0)
    return { status, sentence: `Nothing could be done: ${count(failures, "action")} failed in planning.` };
  if (knowledge.batch.questions.length === 0) return { status, sentence: "Nothing is deployed to this computer." };
  const audited = countNotCompliant(plan);
  return {
    status,
    sentence:
      audited === 0
        ? "Nothing to do: everything is as it should be."
        : `Nothing to do. ${count(audited, "audited item")} ${audited === 1 ? "is" : "are"} not compliant; an audit changes nothing.`,
  };
}

/** Audits that failed: reported, and nothing is done about them. */
const countNotCompliant = (plan: Plan) => plan.compliant.filter((action) => action.reason === "not-compliant").length;

function planSentence(plan: Plan): string {
  const failures = plan.actions.filter((action) => action.failsWith !== null).length;
  const parts = [
    `${count(plan.actions.length - failures, "action")} to run`,
    ...(failures > 0 ? [`${failures} that cannot be done`] : []),
    `${count(plan.compliant.length - countNotCompliant(plan), "item")} already as wanted`,
    ...(countNotCompliant(plan) > 0 ? [`${countNotCompliant(plan)} that did not pass its audit`] : []),
  ];
  return `The plan is made: ${parts.join(", ")}.`;
}

/** Decides what becomes of a session whose detection job did not finish. */
async function giveUpJob(
  ctx: ServiceContext,
  running: RunningSession,
  jobId: string,
  attempt: number,
  job: JobResults,
): Promise<Planned> {
  return withTransaction(ctx, async (tx) => {
    if (job.status === "queued" && (await isDispatchStopped({ ctx: tx })).stopped) return { kind: "held" };
    if (!job.ended) await cancelJobs({ ctx: tx, input: { jobIds: [jobId], reason: "It took too long." } });
    const reason = job.endReason ?? `The detection job ended as ${job.status}.`;
    if (job.status === "refused" || attempt >= DETECTION_TRIES) {
      await endSession(tx, running, { status: "failed", sentence: `Detection did not succeed. ${reason}` });
      return ended;
    }
    await writeSessionEvent(tx, running.session.id, {
      key: `detection/${attempt}/given-up`,
      kind: "offline",
      sentence: `Detection is tried again. ${reason}`,
    });
    return job.status === "queued" || job.status === "expired" ? offline : { kind: "detect-again" };
  });
}
