import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { agents, computers, jobPurposes, jobs } from "@/db/schema";
import { jobStep } from "@/server/agents/wire";
import { uuidFromName } from "@/server/ports/ids";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound, ServiceError } from "../errors";
import { parseInput } from "../parse";
import { withTransaction } from "../transaction";

/** Values of secret parameters by step key and parameter name. Kept encrypted, merged into the steps on their way out. */
export const jobSecrets = z.record(z.string(), z.record(z.string(), z.string()));
export type JobSecrets = z.infer<typeof jobSecrets>;

const input = z.strictObject({
  /** For the caller's own id. Without one it is made from session, action, purpose and attempt. */
  id: z.uuid().optional(),
  computerId: z.number().int(),
  sessionId: z.number().int().nullish(),
  actionId: z.number().int().nullish(),
  purpose: z.enum(jobPurposes),
  steps: z.array(jobStep).min(1).max(2000),
  attempt: z.number().int().min(1),
  /** The generation that the caller planned for; another one refuses. */
  generation: z.number().int().optional(),
  secrets: jobSecrets.optional(),
  /** Not to be started from then on. */
  expiresAt: z.date(),
});
export type CreateJobInput = z.input<typeof input>;

export interface CreatedJob {
  readonly jobId: string;
  readonly agentId: string;
  /** Whether that agent is connected now; the job waits for it until it expires otherwise. */
  readonly connected: boolean;
}

/** Statuses in which a machine is not known well enough to be told to do anything. */
const unusable = new Set<string>(["identifying", "needs-decision", "failed", "archived"]);

/**
 * Puts a batch into the ledger for the best pathway to a computer: a connected agent before one that is not, our own
 * before an integration's. Calling it again with the same id (or the same session, action, purpose and attempt)
 * answers the job there is. Errors: `unavailable` without any agent, `conflict` for a machine that is not identified,
 * `too-late` when it was wiped since `generation`.
 */
export async function createJob({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: CreateJobInput;
}): Promise<CreatedJob> {
  authorizeSystem(ctx);
  recordsNoChange("the ledger is the record");
  const wanted = parseInput(input, raw);
  refuseRepeatedKeys(wanted.steps.map((step) => step.key));
  const id = wanted.id ?? defaultId(ctx, wanted);
  return withTransaction(ctx, async (tx) => {
    const existing = await findJob(tx, id);
    if (existing) {
      if (existing.computerId !== wanted.computerId) {
        throw new ServiceError("conflict", "A job with this id exists for another computer.");
      }
      if (existing.status === "queued") signalCreated(existing.agentId);
      return { jobId: id, agentId: existing.agentId, connected: existing.connected };
    }
    const [computer] = await tx.db
      .select({ status: computers.status, generation: computers.generation })
      .from(computers)
      .where(eq(computers.id, wanted.computerId))
      .for("share");
    if (!computer) throw notFound("That computer");
    if (unusable.has(computer.status) && wanted.purpose !== "identify") {
      throw new ServiceError("conflict", `Nothing is run on a computer that is ${computer.status.replace("-", " ")}.`);
    }
    if (wanted.generation !== undefined && wanted.generation !== computer.generation) {
      throw new ServiceError("too-late", "The computer was installed anew since this was planned.");
    }
    const [agent] = await tx.db
      .select({ id: agents.id, connected: agents.connected })
      .from(agents)
      .where(and(eq(agents.computerId, wanted.computerId), isNull(agents.revokedAt)))
      .orderBy(desc(agents.connected), sql`(${agents.integrationId} is null) desc`, desc(agents.enrolledAt), agents.id)
      .limit(1);
    if (!agent) throw new ServiceError("unavailable", "There is no agent through which this computer can be reached.");
    await tx.db
      .insert(jobs)
      .values({
        id,
        computerId: wanted.computerId,
        agentId: agent.id,
        sessionId: wanted.sessionId ?? null,
        actionId: wanted.actionId ?? null,
        purpose: wanted.purpose,
        status: "queued",
        generation: computer.generation,
        attempt: wanted.attempt,
        steps: wanted.steps,
        secretsEncrypted: wanted.secrets ? ctx.secrets.encrypt(JSON.stringify(wanted.secrets)) : null,
        createdAt: ctx.clock.now(),
        expiresAt: wanted.expiresAt,
        deadlineAt: wanted.expiresAt,
      })
      .onConflictDoNothing();
    signalCreated(agent.id);
    return { jobId: id, agentId: agent.id, connected: agent.connected };

    function signalCreated(agentId: string) {
      tx.signal({ channel: "jobs", agentId, jobId: id, what: "created" });
    }
  });
}

async function findJob(ctx: ServiceContext, id: string) {
  const [found] = await ctx.db
    .select({ computerId: jobs.computerId, agentId: jobs.agentId, status: jobs.status, connected: agents.connected })
    .from(jobs)
    .innerJoin(agents, eq(agents.id, jobs.agentId))
    .where(eq(jobs.id, id));
  return found;
}

function defaultId(ctx: ServiceContext, job: z.output<typeof input>): string {
  if (job.sessionId === undefined || job.sessionId === null) return ctx.ids.uuid();
  return uuidFromName(`job/${job.sessionId}/${job.actionId ?? "-"}/${job.purpose}/${job.attempt}`);
}

function refuseRepeatedKeys(keys: readonly string[]): void {
  const repeated = keys.find((key, at) => keys.indexOf(key) !== at);
  if (repeated !== undefined) {
    throw new ServiceError("bad-input", `Two steps of the job have the key ${repeated}.`, { steps: "keys repeat" });
  }
}
