import { eq } from "drizzle-orm";
import { z } from "zod";
import { jobResults, jobs } from "@/db/schema";
import type { StepResult } from "@/server/agents/wire";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";
import { parseInput } from "../parse";

const input = z.strictObject({ jobId: z.uuid() });

export interface JobResults {
  readonly status: (typeof jobs.$inferSelect)["status"];
  /** True in every status but `queued` and `started`. */
  readonly ended: boolean;
  /** Why it ended other than `finished`; a sentence. */
  readonly endReason: string | null;
  /** By step key; a step without a result has not finished. */
  readonly results: Readonly<Record<string, StepResult>>;
}

/** What a job has brought so far, for durable functions. */
export async function readJobResults({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.input<typeof input>;
}): Promise<JobResults> {
  authorizeSystem(ctx);
  const { jobId } = parseInput(input, raw);
  const [job] = await ctx.db
    .select({ status: jobs.status, endReason: jobs.endReason })
    .from(jobs)
    .where(eq(jobs.id, jobId));
  if (!job) throw notFound("That job");
  const found = await ctx.db
    .select({ stepKey: jobResults.stepKey, result: jobResults.result })
    .from(jobResults)
    .where(eq(jobResults.jobId, jobId));
  return {
    ...job,
    ended: job.status !== "queued" && job.status !== "started",
    results: Object.fromEntries(found.map(({ stepKey, result }) => [stepKey, result])),
  };
}
