import { and, asc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { agents, computers, jobs } from "@/db/schema";
import type { JobSpec, JobStep } from "@/server/agents/wire";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { type JobSecrets, jobSecrets } from "./create-job";
import { dispatchIsStopped } from "./dispatch-switch";

export type WaitingJob = Omit<JobSpec, "protocol" | "issuedAt">;

/** What an agent that has just connected is to hear of. */
export interface WaitingIds {
  /** To be pushed, oldest first. */
  readonly queued: readonly { readonly agentId: string; readonly jobId: string }[];
  /** Running and to be stopped. */
  readonly stopping: readonly { readonly agentId: string; readonly jobId: string }[];
}

/** A condition: the job may go out now. */
function dispatchable(now: Date) {
  return and(
    eq(jobs.status, "queued"),
    sql`${jobs.expiresAt} > ${now.toISOString()}::timestamptz`,
    eq(computers.generation, jobs.generation),
    eq(agents.computerId, jobs.computerId),
    isNull(agents.revokedAt),
    sql`not ${dispatchIsStopped}`,
  );
}

/** Which jobs wait for these agents; ids only, because most agents have none. */
export async function listWaitingJobs({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: { readonly agentIds: readonly string[] };
}): Promise<WaitingIds> {
  authorizeSystem(ctx);
  const found = await ctx.db
    .select({ jobId: jobs.id, agentId: jobs.agentId, status: jobs.status })
    .from(jobs)
    .innerJoin(agents, eq(agents.id, jobs.agentId))
    .innerJoin(computers, eq(computers.id, jobs.computerId))
    .where(
      and(
        inArray(jobs.agentId, [...input.agentIds]),
        inArray(jobs.status, ["queued", "started"]),
        or(dispatchable(ctx.clock.now()), and(eq(jobs.status, "started"), sql`${jobs.cancelRequestedAt} is not null`)),
      ),
    )
    .orderBy(asc(jobs.createdAt), asc(jobs.id));
  const withStatus = (status: string) =>
    found.filter((job) => job.status === status).map(({ agentId, jobId }) => ({ agentId, jobId }));
  return { queued: withStatus("queued"), stopping: withStatus("started") };
}

/** The jobs of these ids that may go out now, oldest first, with their secrets in place: for signing, never for logs. */
export async function loadWaitingJobs({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: { readonly jobIds: readonly string[] };
}): Promise<WaitingJob[]> {
  authorizeSystem(ctx);
  const found = await ctx.db
    .select({
      jobId: jobs.id,
      agentId: jobs.agentId,
      generation: jobs.generation,
      attempt: jobs.attempt,
      expiresAt: jobs.expiresAt,
      steps: jobs.steps,
      secretsEncrypted: jobs.secretsEncrypted,
    })
    .from(jobs)
    .innerJoin(agents, eq(agents.id, jobs.agentId))
    .innerJoin(computers, eq(computers.id, jobs.computerId))
    .where(and(inArray(jobs.id, [...input.jobIds]), dispatchable(ctx.clock.now())))
    .orderBy(asc(jobs.createdAt), asc(jobs.id));
  return found.map(({ generation, attempt, expiresAt, secretsEncrypted, steps, ...job }) => ({
    ...job,
    fence: { generation, attempt },
    expiresAt: expiresAt.toISOString(),
    steps:
      secretsEncrypted === null
        ? steps
        : withSecrets(steps, jobSecrets.parse(JSON.parse(ctx.secrets.decrypt(secretsEncrypted)))),
  }));
}

function withSecrets(steps: readonly JobStep[], secrets: JobSecrets): JobStep[] {
  return steps.map((step) => {
    const values = secrets[step.key];
    if (step.kind !== "script" || values === undefined) return step;
    return {
      ...step,
      parameters: { ...step.parameters, ...values },
      secretParameters: [...new Set([...step.secretParameters, ...Object.keys(values)])],
    };
  });
}
