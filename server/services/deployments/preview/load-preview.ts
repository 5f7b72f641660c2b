import { and, eq, or, sql } from "drizzle-orm";
import { computers, deployments, detections } from "@/db/schema";
import type { DeploymentRule } from "@/server/core/deployments";
import { inVisibleTenants } from "../../authorize";
import type { ServiceContext } from "../../context";
import { notFound } from "../../errors";
import { idArray } from "../../resolution/id-array";
import { loadComputers } from "../../resolution/load-computers";
import { loadDeployments, loadResolvableItems } from "../../resolution/load-deployments";
import { loadMemberships } from "../../resolution/load-memberships";
import { loadItems } from "../../sessions/loaders/load-items";
import type { DeploymentDraft } from "../deployment-input";
import { mayBeMeant } from "../reached-computers";
import { createDecide } from "./decide";
import { draftRule } from "./draft-rule";
import { judgeComputer } from "./judge-computer";
import { createNextJudge, type LastDetection } from "./judge-next";
import type { PreviewRow } from "./types";

/** Computers judged between two looks at what else waits, so that a fleet does not hold the process. */
const COMPUTERS_PER_TURN = 2_000;

/**
 * Every computer that saving the draft concerns, by name: those it reaches, and those it leaves when one is edited.
 * A fixed number of statements, then core's resolver and planner for each computer.
 */
export async function loadPreviewRows(
  ctx: ServiceContext,
  draft: DeploymentDraft,
  deploymentId: number | null,
): Promise<{ rows: PreviewRow[]; states: ReadonlyMap<string, readonly DeploymentRule[]> }> {
  const rules = await loadDeployments(ctx, eq(deployments.itemId, draft.itemId));
  const saved = rules.find((rule) => rule.id === deploymentId) ?? null;
  const item = (await loadResolvableItems(ctx, [draft.itemId])).get(draft.itemId);
  const loaded = (await loadItems(ctx, [draft.itemId], [])).items.get(draft.itemId);
  if (!item || !loaded) throw notFound("That item");
  const fleet = await loadComputers(
    ctx,
    and(
      or(mayBeMeant(draft.target), saved === null ? undefined : mayBeMeant(saved)),
      inVisibleTenants(ctx, computers.tenantId),
    ),
  );
  const memberships = await loadMemberships(ctx, fleet);
  const last = await loadLastDetections(
    ctx,
    draft.itemId,
    fleet.map((computer) => computer.id),
  );
  const nowMs = ctx.clock.now().getTime();
  const proposed = draftRule(draft, saved, nowMs);
  const byKey = byTargetKey(rules);
  const decide = createDecide({ item, draft: proposed, rules: byKey, nowMs, judgeNext: createNextJudge(loaded) });
  const rows: PreviewRow[] = [];
  for (const [position, computer] of fleet.entries()) {
    if (position % COMPUTERS_PER_TURN === COMPUTERS_PER_TURN - 1) await new Promise(setImmediate);
    const facts = memberships.get(computer.id);
    const row = facts
      ? judgeComputer({ draft: proposed, saved, decide }, computer, facts, last.get(computer.id) ?? null)
      : null;
    if (row) rows.push(row);
  }
  const order = new Intl.Collator("en", { numeric: true });
  rows.sort((a, b) => order.compare(a.computerName, b.computerName) || a.computerId - b.computerId);
  return { rows, states: byKey };
}

async function loadLastDetections(ctx: ServiceContext, itemId: number, computerIds: readonly number[]) {
  const found = await ctx.db
    .select({
      computerId: detections.computerId,
      version: detections.version,
      availableVersion: detections.availableVersion,
      compliant: detections.compliant,
      detectedAt: detections.detectedAt,
    })
    .from(detections)
    .where(and(eq(detections.itemId, itemId), sql`${detections.computerId} = any(${idArray(computerIds)})`));
  return new Map(found.map(({ computerId, ...last }): [number, LastDetection] => [computerId, last]));
}

function byTargetKey<Rule extends { readonly targetKey: string }>(rules: readonly Rule[]): Map<string, Rule[]> {
  const grouped = new Map<string, Rule[]>();
  for (const rule of rules) {
    const known = grouped.get(rule.targetKey);
    if (known) known.push(rule);
    else grouped.set(rule.targetKey, [rule]);
  }
  return grouped;
}
