import { and, eq, sql } from "drizzle-orm";
import { agents, computers, jobs } from "@/db/schema";
import { type StartRequest, startRequest } from "@/server/agents/wire";
import { AgentError } from "../agents/agent-error";
import { authorizeAgent } from "../agents/authorize-agent";
import { parseBody } from "../agents/parse-body";
import { recordsNoChange } from "../audit";
import type { ServiceContext } from "../context";
import { withTransaction } from "../transaction";
import { dispatchIsStopped } from "./dispatch-switch";

/** On top of the time limits of a job's scripts: reading inventories, reporting, a slow machine. */
export const RUN_SLACK_SECONDS = 900;

/**
 * Grants an agent the one start of a job. Everything that could forbid it is a condition of the one statement that
 * marks it started, so that of any number of racing starts exactly one is granted; the same start (`startId`) asked for
 * again is granted again until the job ends. `request` is a `startRequest` of the protocol, checked here.
 * Errors (`agentCode`): `unknown-job`, `already-started`, `job-cancelled`, `job-expired`, `job-ended`, `stale-fence`,
 * `revoked`, `unavailable` while dispatch is stopped.
 */
export async function startJob({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: { readonly jobId: string; readonly request: unknown };
}): Promise<{ started: true }> {
  const agent = authorizeAgent(ctx);
  recordsNoChange("the ledger is the record");
  const request = parseBody(startRequest, input.request);
  const now = ctx.clock.now();
  const at = sql`${now.toISOString()}::timestamptz`;
  const runSeconds = sql`${RUN_SLACK_SECONDS}::int + coalesce((select sum((step->>'timeoutSeconds')::int)
    from jsonb_array_elements(${jobs.steps}) as step), 0)`;
  return withTransaction(ctx, async (tx) => {
    const [job] = await tx.db
      .update(jobs)
      .set({
        status: "started",
        startedAt: now,
        startId: request.startId,
        deadlineAt: sql`${at} + make_interval(secs => ${runSeconds})`,
      })
      .where(
        and(
          eq(jobs.id, input.jobId),
          eq(jobs.agentId, agent.agentId),
          eq(jobs.status, "queued"),
          eq(jobs.generation, request.fence.generation),
          eq(jobs.attempt, request.fence.attempt),
          sql`${jobs.expiresAt} > ${at}`,
          sql`exists (select 1 from ${computers}
            where ${computers.id} = ${jobs.computerId} and ${computers.generation} = ${jobs.generation})`,
          sql`exists (select 1 from ${agents} where ${agents.id} = ${jobs.agentId}
            and ${agents.revokedAt} is null and ${agents.computerId} = ${jobs.computerId})`,
          sql`not ${dispatchIsStopped}`,
        ),
      )
      .returning({ sessionId: jobs.sessionId });
    if (!job) await explainRefusal(tx, input.jobId, agent.agentId, request);
    else if (job.sessionId !== null) tx.signal({ channel: "sessions", sessionId: job.sessionId });
    return { started: true };
  });
}

/** Throws why a start was not granted; returns where it was granted before. */
async function explainRefusal(ctx: ServiceContext, jobId: string, agentId: string, request: StartRequest) {
  const [job] = await ctx.db
    .select({
      status: jobs.status,
      generation: jobs.generation,
      attempt: jobs.attempt,
      startId: jobs.startId,
      expiresAt: jobs.expiresAt,
      revokedAt: agents.revokedAt,
      computerGeneration: computers.generation,
      belongsToComputer: sql<boolean>`${agents.computerId} is not distinct from ${jobs.computerId}`,
      stopped: sql<boolean>`${dispatchIsStopped}`,
    })
    .from(jobs)
    .innerJoin(agents, eq(agents.id, jobs.agentId))
    .innerJoin(computers, eq(computers.id, jobs.computerId))
    .where(and(eq(jobs.id, jobId), eq(jobs.agentId, agentId)));
  if (!job) throw new AgentError("unknown-job", "There is no such job for this agent.");
  if (job.revokedAt) throw new AgentError("revoked", "This agent was revoked.");
  const sameFence = job.generation === request.fence.generation && job.attempt === request.fence.attempt;
  switch (job.status) {
    case "cancelled":
      throw new AgentError("job-cancelled", "The job was cancelled; do not run it.");
    case "expired":
      throw new AgentError("job-expired", "The job has expired; do not run it.");
    case "finished":
    case "interrupted":
    case "refused":
      throw new AgentError("job-ended", "The job has ended; do not run it again.");
    case "started":
      if (sameFence && job.startId === request.startId) return;
      throw new AgentError("already-started", "The job was started before; do not run it again.");
    case "queued":
      if (!sameFence || job.generation !== job.computerGeneration || !job.belongsToComputer) {
        throw new AgentError("stale-fence", "The job is from before the computer was installed anew, or tried again.");
      }
      if (job.expiresAt <= ctx.clock.now()) throw new AgentError("job-expired", "The job has expired; do not run it.");
      if (job.stopped) {
        throw new AgentError("unavailable", "Every dispatch is on hold. The job is sent again when that ends.");
      }
      throw new AgentError("unavailable", "The job could not be started just now; ask again.");
  }
}
