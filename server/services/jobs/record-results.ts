import { and, eq, inArray, sql } from "drizzle-orm";
import { jobOutput, jobResults, jobs } from "@/db/schema";
import { MAX_OUTPUT_BYTES, type ResultsRequest, resultsRequest } from "@/server/agents/wire";
import { AgentError } from "../agents/agent-error";
import { authorizeAgent } from "../agents/authorize-agent";
import { parseBody } from "../agents/parse-body";
import { recordsNoChange } from "../audit";
import type { ServiceContext } from "../context";
import { type TransactionContext, withTransaction } from "../transaction";
import { emitFinished } from "./emit-finished";
import { redactSecrets } from "./redact-secrets";
import { storable } from "./storable";

const ROWS_PER_INSERT = 500;

/**
 * Keeps what an agent reports of a job: output as it comes, results of finished steps, the end. Each output chunk (by
 * step and sequence), each result (by step) and the end count once, however often they are sent. What arrives after the
 * job has ended is kept and changes no status. `request` is a `resultsRequest` of the protocol, checked here.
 * Errors (`agentCode`): `unknown-job`, `stale-fence`, `bad-request`, `body-too-large` beyond 1 MiB of output a step.
 */
export async function recordResults({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: { readonly jobId: string; readonly request: unknown };
}): Promise<{ accepted: true }> {
  const agent = authorizeAgent(ctx);
  recordsNoChange("the ledger is the record");
  const request = parseBody(resultsRequest, input.request);
  return withTransaction(ctx, async (tx) => {
    const [job] = await tx.db
      .select({
        id: jobs.id,
        sessionId: jobs.sessionId,
        status: jobs.status,
        generation: jobs.generation,
        attempt: jobs.attempt,
        endReason: jobs.endReason,
        secretsEncrypted: jobs.secretsEncrypted,
        stepKinds: sql<Record<string, string>>`(select jsonb_object_agg(step->>'key', step->>'kind')
          from jsonb_array_elements(${jobs.steps}) as step)`,
      })
      .from(jobs)
      .where(and(eq(jobs.id, input.jobId), eq(jobs.agentId, agent.agentId)))
      .for("update");
    if (!job) throw new AgentError("unknown-job", "There is no such job for this agent.");
    if (job.generation !== request.fence.generation || job.attempt !== request.fence.attempt) {
      throw new AgentError("stale-fence", "These results carry another fence than the job.");
    }
    const brings = request.output.length > 0 || request.results.length > 0;
    if (job.status === "queued" && (brings || request.end?.status === "finished")) {
      throw new AgentError("bad-request", "The job was never started; ask to start it before reporting on it.");
    }
    checkSteps(request, job.stepKinds);

    const redact = redactSecrets(tx.secrets, job.secretsEncrypted);
    await keepOutput(tx, job.id, request.output, redact);
    await keepResults(tx, job.id, request.results, redact);
    await keepEnd(tx, job, request.end);
    if (brings && job.sessionId !== null) tx.signal({ channel: "sessions", sessionId: job.sessionId });
    return { accepted: true };
  });
}

/** Refuses what is about steps that the job does not have, or of another kind than theirs. */
function checkSteps(request: ResultsRequest, stepKinds: Readonly<Record<string, string>>): void {
  const refuse = (field: string, problem: string) =>
    new AgentError("bad-request", `${field}: ${problem}`, { [field]: problem });
  for (const [at, chunk] of request.output.entries()) {
    if (stepKinds[chunk.stepKey] === undefined) {
      throw refuse(`output.${at}.stepKey`, `the job has no step ${chunk.stepKey}`);
    }
  }
  for (const [at, { stepKey, result }] of request.results.entries()) {
    const kind = stepKinds[stepKey];
    if (kind === undefined) throw refuse(`results.${at}.stepKey`, `the job has no step ${stepKey}`);
    if (kind !== result.kind) {
      throw refuse(`results.${at}.result.kind`, `step ${stepKey} is of kind ${kind}, not ${result.kind}`);
    }
  }
}

async function keepOutput(
  tx: TransactionContext,
  jobId: string,
  output: ResultsRequest["output"],
  redact: <T>(value: T) => T,
): Promise<void> {
  if (output.length === 0) return;
  for (let start = 0; start < output.length; start += ROWS_PER_INSERT) {
    const part = output.slice(start, start + ROWS_PER_INSERT);
    await tx.db
      .insert(jobOutput)
      .values(part.map((chunk) => ({ ...chunk, jobId, text: storable(redact(chunk.text)), at: new Date(chunk.at) })))
      .onConflictDoNothing();
  }
  const touched = [...new Set(output.map((chunk) => chunk.stepKey))];
  // Counted in characters: one byte of output never becomes more than one, whatever its encoding was.
  const tooLong = await tx.db
    .select({ stepKey: jobOutput.stepKey })
    .from(jobOutput)
    .where(and(eq(jobOutput.jobId, jobId), inArray(jobOutput.stepKey, touched)))
    .groupBy(jobOutput.stepKey)
    .having(sql`sum(length(${jobOutput.text})) > ${MAX_OUTPUT_BYTES}`)
    .limit(1);
  const [step] = tooLong;
  if (step) {
    throw new AgentError(
      "body-too-large",
      `The output of step ${step.stepKey} is longer than ${MAX_OUTPUT_BYTES} bytes.`,
    );
  }
}

async function keepResults(
  tx: TransactionContext,
  jobId: string,
  results: ResultsRequest["results"],
  redact: <T>(value: T) => T,
): Promise<void> {
  if (results.length === 0) return;
  await tx.db
    .insert(jobResults)
    .values(
      results.map(({ stepKey, startedAt, finishedAt, result }) => ({
        jobId,
        stepKey,
        result: storable(redact(result)),
        startedAt: new Date(startedAt),
        finishedAt: new Date(finishedAt),
      })),
    )
    .onConflictDoNothing();
}

async function keepEnd(
  tx: TransactionContext,
  job: { readonly id: string; readonly sessionId: number | null },
  end: ResultsRequest["end"],
): Promise<void> {
  if (!end) return;
  const ended = await tx.db
    .update(jobs)
    .set({
      status: end.status,
      endedAt: tx.clock.now(),
      endReason: end.reason === null ? null : storable(end.reason),
      secretsEncrypted: null,
    })
    .where(and(eq(jobs.id, job.id), inArray(jobs.status, ["queued", "started"])))
    .returning({ id: jobs.id, sessionId: jobs.sessionId, status: jobs.status });
  await emitFinished(tx, ended);
}
