import { and, eq, gt, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { jobOutput, jobs, sessions } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";

export const listSessionOutputInput = z.strictObject({
  id: z.number().int().positive(),
  /** Narrows to the jobs of one action. */
  actionId: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(1_000).default(200),
  /** Without a cursor: the last chunks there are. `after`: what came since; `before`: what was earlier. */
  after: z.string().max(500).nullish(),
  before: z.string().max(500).nullish(),
});

/** Output as it came from the agent, oldest first. `lastCursor` asks for what comes next, `firstCursor` for what was. */
export async function listSessionOutput({ ctx, input: raw }: Call<typeof listSessionOutputInput>) {
  authorize(ctx, "read");
  const input = parseInput(listSessionOutputInput, raw);
  const [session] = await ctx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, input.id), inVisibleTenants(ctx, sessions.tenantId)));
  if (!session) throw notFound("That session");
  const isForward = input.after !== undefined && input.after !== null;
  const place = sql`(${jobOutput.at}, ${jobOutput.jobId}, ${jobOutput.stepKey}, ${jobOutput.sequence})`;
  const compare = isForward ? gt : lt;
  const cursor = input.after ?? input.before;
  const order = sql.raw(isForward ? "asc" : "desc");
  const found = await ctx.db
    .select({
      jobId: jobOutput.jobId,
      actionId: jobs.actionId,
      purpose: jobs.purpose,
      stepKey: jobOutput.stepKey,
      sequence: jobOutput.sequence,
      stream: jobOutput.stream,
      text: jobOutput.text,
      at: jobOutput.at,
      cursor: sql<string>`concat_ws('|', to_char(${jobOutput.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ${jobOutput.jobId}, ${jobOutput.sequence}, ${jobOutput.stepKey})`,
    })
    .from(jobOutput)
    .innerJoin(jobs, eq(jobs.id, jobOutput.jobId))
    .where(
      and(
        eq(jobs.sessionId, input.id),
        input.actionId === undefined ? undefined : eq(jobs.actionId, input.actionId),
        cursor ? compare(place, placeOf(cursor)) : undefined,
      ),
    )
    .orderBy(
      sql`${jobOutput.at} ${order}`,
      sql`${jobOutput.jobId} ${order}`,
      sql`${jobOutput.stepKey} ${order}`,
      sql`${jobOutput.sequence} ${order}`,
    )
    .limit(input.limit + 1);
  const hasMore = found.length > input.limit;
  const shown = found.slice(0, input.limit);
  if (!isForward) shown.reverse();
  const rows = shown.map(({ cursor: _, ...row }) => row);
  return {
    rows,
    firstCursor: shown[0]?.cursor ?? input.after ?? null,
    lastCursor: shown.at(-1)?.cursor ?? input.after ?? null,
    /** More in the direction that was asked for. */
    hasMore,
  };
}

function placeOf(cursor: string) {
  const [at, jobId, sequence, ...stepKey] = cursor.split("|");
  const parsed = z
    .tuple([z.iso.datetime(), z.uuid(), z.coerce.number().int().min(0), z.string().min(1)])
    .safeParse([at, jobId, sequence, stepKey.join("|")]);
  if (!parsed.success)
    throw new ServiceError("bad-input", "That place in the output does not exist; start from its end.");
  const [when, job, number, step] = parsed.data;
  return sql`(${when}::timestamptz, ${job}::uuid, ${step}::text, ${number}::int)`;
}
