import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { deployments, items, tenants, users } from "@/db/schema";
import { describeDeployment } from "@/server/core/sentence";
import { compileTargetKey } from "@/server/core/targets";
import { authorize } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";
import { type Call, parseInput } from "../parse";
import { inVisibleTargets, nameTarget } from "../targets/target-columns";
import { deploymentSummary, withSentence } from "./deployment-columns";
import { deploymentFingerprint } from "./deployment-fingerprint";
import { checkDraft, deploymentDraft, sameDeployment } from "./deployment-input";
import { loadPreviewRows } from "./preview/load-preview";
import { summarizePreview, warnOf } from "./preview/summarize-preview";
import { nextSteps } from "./preview/types";
import { CONFIRM_ABOVE_COMPUTERS } from "./reached-computers";

export const previewDeploymentInput = z.strictObject({
  draft: deploymentDraft,
  /** The deployment that is edited; none for a new one. */
  id: z.number().int().positive().nullish(),
  /** Narrows the rows, not the numbers. */
  next: z.array(z.enum(nextSteps)).optional(),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});

/**
 * What saving a deployment would mean, before it is saved: the computers it reaches and what happens on them next,
 * what it beats and loses to, and what is worth knowing. The sentence comes first: it is what the person reads.
 */
export async function previewDeployment({ ctx, input: raw }: Call<typeof previewDeploymentInput>) {
  authorize(ctx, "read");
  const input = parseInput(previewDeploymentInput, raw);
  const { draft } = input;
  const item = await checkDraft(ctx, draft);
  const id = input.id ?? null;
  if (id !== null) await requireDeployment(ctx, id);
  const fingerprint = await deploymentFingerprint(ctx, draft.itemId);
  const names = await nameTarget(ctx, draft.target);
  const { rows, states } = await loadPreviewRows(ctx, draft, id);
  const summary = summarizePreview(rows);
  const [duplicate] = await ctx.db
    .select({ id: deployments.id })
    .from(deployments)
    .where(sameDeployment({ ...draft, targetKey: compileTargetKey(draft.target) }, id))
    .limit(1);
  const shown = input.next?.length ? rows.filter((row) => input.next?.includes(row.next)) : rows;
  const desired = new Map([...states.values()].flat().map((rule) => [rule.id, rule.desiredState]));
  return {
    sentence: describeDeployment({
      target: draft.target,
      desiredState: draft.desiredState,
      version: draft.version,
      phase: draft.phase,
      item: { name: item.name, kind: item.kind },
      names,
    }),
    fingerprint,
    ...summary,
    needsConfirmation: summary.reachedCount > CONFIRM_ABOVE_COMPUTERS,
    warnings: warnOf(summary, draft, duplicate?.id ?? null, desired, ctx.clock.now()),
    rivals: await describeRivals(ctx, [...summary.beats, ...summary.losesTo]),
    rows: shown.slice(input.offset, input.offset + input.limit),
    total: shown.length,
  };
}

async function requireDeployment(ctx: ServiceContext, id: number): Promise<void> {
  const [found] = await ctx.db
    .select({ id: deployments.id })
    .from(deployments)
    .where(and(eq(deployments.id, id), inVisibleTargets(ctx, deployments)));
  if (!found) throw notFound("That deployment");
}

/** The deployments it meets, each with its sentence. */
async function describeRivals(ctx: ServiceContext, rivals: readonly { deploymentId: number }[]) {
  const ids = [...new Set(rivals.map((rival) => rival.deploymentId))].slice(0, 200);
  if (ids.length === 0) return [];
  const found = await ctx.db
    .select(deploymentSummary)
    .from(deployments)
    .innerJoin(items, eq(items.id, deployments.itemId))
    .leftJoin(tenants, eq(tenants.id, deployments.targetTenantId))
    .leftJoin(users, eq(users.id, deployments.createdBy))
    .where(inArray(deployments.id, ids));
  return found
    .map(withSentence)
    .map(({ id, sentence, desiredState, version }) => ({ id, sentence, desiredState, version }));
}
