import { and, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { computers } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { type Call, parseInput } from "../parse";
import { readDecisions, readOfflineLong, readRunning } from "./read-attention";
import { readCompliance } from "./read-compliance";
import { readFailing } from "./read-failing";
import { readTold, readTonight } from "./read-tonight";

export const getSummaryInput = z.strictObject({ tenantId: z.number().int().positive().nullish() });

/** What the dashboard shows: what needs a person first, then how things are. */
export async function getSummary({ ctx, input: raw }: Call<typeof getSummaryInput>) {
  authorize(ctx, "read");
  const { tenantId } = parseInput(getSummaryInput, raw);
  const [counts] = await ctx.db
    .select({
      computers: sql<number>`count(*)::int`,
      online: sql<number>`count(*) filter (where ${computers.online})::int`,
      needsOnboarding: sql<number>`count(*) filter (where ${computers.status} in ('identifying', 'needs-onboarding', 'onboarding'))::int`,
      pendingReboot: sql<number>`count(*) filter (where ${computers.pendingReboot})::int`,
    })
    .from(computers)
    .where(and(ne(computers.status, "archived"), inVisibleTenants(ctx, computers.tenantId, tenantId)));
  const [compliance, failing, tonight, told, decisions, offlineLong, running] = await Promise.all([
    readCompliance(ctx, tenantId),
    readFailing(ctx, tenantId),
    readTonight(ctx, tenantId),
    readTold(ctx, tenantId),
    readDecisions(ctx, tenantId),
    readOfflineLong(ctx, tenantId),
    readRunning(ctx, tenantId),
  ]);
  return {
    counts: counts ?? { computers: 0, online: 0, needsOnboarding: 0, pendingReboot: 0 },
    compliance,
    tonight,
    told,
    needsPerson: {
      total: failing.length + decisions.total + decisions.approvalCount,
      causeCount: failing.length,
      decisionCount: decisions.total + decisions.approvalCount,
    },
    failing,
    decisions,
    offlineLong,
    running,
    readAt: ctx.clock.now(),
  };
}
