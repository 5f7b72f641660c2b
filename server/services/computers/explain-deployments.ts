import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { deployments, detections, items, tenants, users } from "@/db/schema";
import type { DeploymentRule } from "@/server/core/deployments";
import { resolveComputer } from "@/server/core/resolve";
import { authorize } from "../authorize";
import type { ServiceContext } from "../context";
import { deploymentSummary, withSentence } from "../deployments/deployment-columns";
import { type Call, parseInput } from "../parse";
import { idArray } from "../resolution/id-array";
import { loadResolveInput } from "../resolution/load-resolve-input";
import { requireComputer } from "./require-computer";

export const explainDeploymentsInput = z.strictObject({
  id: z.number().int().positive(),
  itemId: z.number().int().positive().optional(),
});

/** Why each item is, or is not, what it is on a computer: the whole trace that its next session acts on. */
export async function explainDeployments({ ctx, input: raw }: Call<typeof explainDeploymentsInput>) {
  authorize(ctx, "read");
  const input = parseInput(explainDeploymentsInput, raw);
  await requireComputer(ctx, input.id);
  const known = await loadResolveInput(ctx, input.id, {
    itemIds: input.itemId === undefined ? undefined : [input.itemId],
  });
  const summaries = await summarize(
    ctx,
    known.deployments.map((rule) => rule.id),
  );
  const last = await lastDetections(ctx, input.id);
  const of = (rule: DeploymentRule) => summaries.get(rule.id) ?? { id: rule.id, sentence: `Deployment #${rule.id}` };
  const explained = resolveComputer(known).map((resolution) => {
    const item = known.items.get(resolution.itemId);
    return {
      itemId: resolution.itemId,
      itemName: item?.name ?? `item ${resolution.itemId}`,
      itemKind: item?.kind ?? "software",
      desiredState: resolution.winner?.desiredState ?? null,
      version: resolution.winner?.version ?? null,
      winner: resolution.winner === null ? null : of(resolution.winner),
      losers: resolution.losers.map((loser) => ({
        deployment: of(loser.deployment),
        rule: loser.beatenBy,
        because: loser.sentence,
      })),
      notApplied: resolution.notApplied.map((each) => ({
        deployment: of(each.deployment),
        condition: each.condition,
        because: each.sentence,
      })),
      evidence: resolution.evidence,
      detection: last.get(resolution.itemId) ?? null,
    };
  });
  return {
    phase: known.phase,
    keys: known.keys,
    items: explained.sort(
      (a, b) =>
        Number(b.winner !== null) - Number(a.winner !== null) ||
        a.itemName.localeCompare(b.itemName) ||
        a.itemId - b.itemId,
    ),
  };
}

async function summarize(ctx: ServiceContext, ids: readonly number[]) {
  const found = await ctx.db
    .select(deploymentSummary)
    .from(deployments)
    .innerJoin(items, eq(items.id, deployments.itemId))
    .leftJoin(tenants, eq(tenants.id, deployments.targetTenantId))
    .leftJoin(users, eq(users.id, deployments.createdBy))
    .where(sql`${deployments.id} = any(${idArray(ids)})`);
  return new Map(found.map(withSentence).map((row) => [row.id, { id: row.id, sentence: row.sentence }]));
}

async function lastDetections(ctx: ServiceContext, computerId: number) {
  const found = await ctx.db
    .select({
      itemId: detections.itemId,
      version: detections.version,
      availableVersion: detections.availableVersion,
      compliant: detections.compliant,
      detectedAt: detections.detectedAt,
    })
    .from(detections)
    .where(eq(detections.computerId, computerId));
  return new Map(found.map(({ itemId, ...detection }) => [itemId, detection]));
}
