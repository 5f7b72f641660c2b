import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { actions, jobs, sessions } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { ServiceError } from "../errors";
import { createJob } from "../jobs/create-job";
import { reasonWhileHeld } from "../jobs/dispatch-switch";
import { type Call, parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";
import { buildActionJob } from "./action-job";
import { START_PATIENCE_MS } from "./begin-detection";
import { takeTurn } from "./computer-turn";
import { endExecution } from "./end-execution";
import { executionJobId } from "./job-ids";
import { loadRunningSession, type RunningSession, statusesBefore } from "./run-session-row";
import { type Dispatching, dispatched, ended, more, offline, queued } from "./run-steps";
import type { JobSteps } from "./script-step";
import { writeSessionEvent } from "./session-events";
import { readRunning, settleRunning } from "./settle-running";
import { buildVerifyJob } from "./verify-plan";

const input = z.strictObject({
  sessionId: z.number().int(),
  /** Counts the jobs of the execution from 0. */
  turn: z.number().int().min(0),
  /** False: only settle what ran; answers `more` when something is left after all. */
  dispatches: z.boolean(),
});

/**
 * One step of execution: settles what the last job brought, then makes the job of the next action that can run, in the
 * frozen order; when nothing is left, the session ends. Actions whose prerequisites failed fail with that reason on the
 * way. The first job verifies the plan when it is not fresh. Doing it again with the same turn changes nothing.
 */
export async function advanceExecution({ ctx, input: raw }: Call<typeof input>): Promise<Dispatching> {
  authorizeSystem(ctx);
  recordsNoChange("the session's events are the record");
  const { sessionId, turn, dispatches } = parseInput(input, raw);
  const running = await loadRunningSession(ctx, sessionId);
  if (running.session.endedAt !== null) return ended;
  const jobId = executionJobId(sessionId, turn);
  const [made] = await ctx.db.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId));
  if (made) return dispatched((await remaining(ctx, sessionId)).length === 0);

  const settled = await readRunning(ctx, running);
  if (settled) {
    const unreachable = await withTransaction(ctx, (tx) => settleRunning(tx, running, settled));
    if (unreachable) return offline;
  }
  for (;;) {
    const step = await nextStep(ctx, running, { jobId, dispatches });
    if (step !== null) return step;
  }
}

/** Makes the next job, or ends the session; null when an action was settled without one and the next is to be tried. */
async function nextStep(
  ctx: ServiceContext,
  running: RunningSession,
  { jobId, dispatches }: { readonly jobId: string; readonly dispatches: boolean },
): Promise<Dispatching | null> {
  const { session } = running;
  const { session: now } = await loadRunningSession(ctx, session.id);
  if (now.endedAt !== null) return ended;
  const left = await remaining(ctx, session.id);
  if (left.length === 0) {
    await withTransaction(ctx, (tx) => endExecution(tx, running, null));
    return ended;
  }
  if (!dispatches) return more;
  if (!running.online) return offline;
  if (now.planVerifiedAt === null) {
    const verification = await buildVerifyJob(ctx, running);
    return dispatch(ctx, running, { jobId, job: verification, isLast: false, action: null });
  }
  const [next] = left;
  if (!next) return ended;
  const blocker = await failedPrerequisite(ctx, session.id, next.dependsOn);
  if (blocker !== null) {
    await failUnrun(ctx, session.id, next, `It needs “${blocker}” first, and that failed.`);
    return null;
  }
  if (next.planned === null) throw new Error(`Action ${next.id} has no plan`);
  const job = await buildActionJob(ctx, running, next.planned, { isLast: left.length === 1 });
  if (typeof job === "string") {
    await failUnrun(ctx, session.id, next, job);
    return null;
  }
  return dispatch(ctx, running, { jobId, job, isLast: left.length === 1, action: next });
}

type LeftAction = typeof actions.$inferSelect;

const remaining = (ctx: ServiceContext, sessionId: number): Promise<LeftAction[]> =>
  ctx.db
    .select()
    .from(actions)
    .where(and(eq(actions.sessionId, sessionId), inArray(actions.status, ["pending", "waiting"])))
    .orderBy(asc(actions.position));

/** The sentence of an action that had to succeed first and did not; null when all did. */
async function failedPrerequisite(ctx: ServiceContext, sessionId: number, positions: readonly number[]) {
  if (positions.length === 0) return null;
  const [failed] = await ctx.db
    .select({ sentence: actions.sentence })
    .from(actions)
    .where(
      and(
        eq(actions.sessionId, sessionId),
        inArray(actions.position, [...positions]),
        inArray(actions.result, ["failed", "cancelled", "skipped"]),
      ),
    )
    .orderBy(asc(actions.position))
    .limit(1);
  return failed?.sentence ?? null;
}

async function failUnrun(ctx: ServiceContext, sessionId: number, action: LeftAction, reason: string) {
  await withTransaction(ctx, async (tx) => {
    await tx.db
      .update(actions)
      .set({ status: "done", result: "failed", resultReason: reason, endedAt: tx.clock.now() })
      .where(and(eq(actions.id, action.id), inArray(actions.status, ["pending", "waiting"])));
    await writeSessionEvent(tx, sessionId, {
      key: `action/${action.position}/unrun`,
      kind: "action-ended",
      sentence: `${action.sentence} It was not run: ${reason}`,
    });
  });
}

async function dispatch(
  ctx: ServiceContext,
  running: RunningSession,
  next: { jobId: string; job: JobSteps; isLast: boolean; action: LeftAction | null },
): Promise<Dispatching> {
  const { session, computerId } = running;
  return withTransaction(ctx, async (tx) => {
    if (!(await takeTurn(tx, { id: session.id, computerId }))) return queued;
    const [goesOn] = await tx.db
      .update(sessions)
      .set({ status: "running", stage: next.action ? "execution" : "verification", statusReason: reasonWhileHeld })
      .where(
        and(eq(sessions.id, session.id), inArray(sessions.status, [...statusesBefore("connect"), "running" as const])),
      )
      .returning({ generation: sessions.generation });
    if (!goesOn) return ended;
    const ofPlan = and(eq(jobs.sessionId, session.id), eq(jobs.purpose, "verify"));
    const attempt = (next.action ? next.action.attempt : await tx.db.$count(jobs, ofPlan)) + 1;
    if (next.action) await markRunning(tx, session.id, next.action, attempt);
    try {
      await createJob({
        ctx: tx,
        input: {
          id: next.jobId,
          computerId,
          sessionId: session.id,
          actionId: next.action?.id ?? null,
          purpose: next.action ? "execute" : "verify",
          steps: next.job.steps,
          secrets: next.job.secrets,
          attempt,
          generation: goesOn.generation,
          expiresAt: new Date(tx.clock.now().getTime() + START_PATIENCE_MS),
        },
      });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      await endExecution(tx, running, error.message);
      return ended;
    }
    return dispatched(next.isLast);
  });
}

async function markRunning(tx: TransactionContext, sessionId: number, action: LeftAction, attempt: number) {
  const now = tx.clock.now();
  await tx.db
    .update(actions)
    .set({
      status: "running",
      attempt,
      startedAt: sql`coalesce(${actions.startedAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(eq(actions.id, action.id));
  await writeSessionEvent(tx, sessionId, {
    key: `action/${action.position}/started/${attempt}`,
    kind: "action-started",
    sentence: action.sentence,
    data: { actionId: action.id, attempt },
  });
}
