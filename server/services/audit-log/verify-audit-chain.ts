import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { auditLog } from "@/db/schema";
import { hashAuditRow } from "../audit";
import { authorize, authorizeAllTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { type Call, parseInput } from "../parse";

export const verifyAuditChainInput = z.strictObject({});
const BATCH_SIZE = 1_000;

export interface ChainProblem {
  readonly chain: string;
  readonly sequence: number;
  readonly what: string;
}

/**
 * Reads every chain from its first entry and checks numbers, links and hashes. Stops a chain at its first problem:
 * what comes after it proves nothing.
 */
export async function verifyAuditChain({ ctx, input: raw }: Call<typeof verifyAuditChainInput>) {
  authorize(ctx, "read");
  authorizeAllTenants(ctx);
  parseInput(verifyAuditChainInput, raw);
  const chains = await ctx.db.selectDistinct({ chain: auditLog.chain }).from(auditLog).orderBy(asc(sql`1`));
  const problems: ChainProblem[] = [];
  let entryCount = 0;
  for (const { chain } of chains) {
    const answer = await verifyOne(ctx, chain);
    entryCount += answer.entryCount;
    if (answer.problem) problems.push(answer.problem);
  }
  return { chainCount: chains.length, entryCount, problems };
}

async function verifyOne(ctx: ServiceContext, chain: string) {
  let [sequence, hash, entryCount] = [0, "", 0];
  for (;;) {
    const batch = await ctx.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.chain, chain), gt(auditLog.sequence, sequence)))
      .orderBy(asc(auditLog.sequence))
      .limit(BATCH_SIZE);
    for (const row of batch) {
      const what = problemOf(row, sequence, hash);
      if (what !== null) return { entryCount, problem: { chain, sequence: row.sequence, what } };
      [sequence, hash, entryCount] = [row.sequence, row.hash, entryCount + 1];
    }
    if (batch.length < BATCH_SIZE) return { entryCount, problem: null };
  }
}

function problemOf(row: typeof auditLog.$inferSelect, previousSequence: number, previousHash: string): string | null {
  if (row.sequence !== previousSequence + 1) return `entry ${previousSequence + 1} is missing`;
  if (row.previousHash !== previousHash) return "it is not linked to the entry before it";
  const { id: _, hash, ...fields } = row;
  return hashAuditRow(fields) === hash ? null : "it was changed after it was written";
}
