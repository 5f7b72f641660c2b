import type { DesiredState } from "@/server/core/deployments";
import type { NextStep, PreviewRival, PreviewRow, PreviewWarning } from "./types";

export type StepCounts = Partial<Record<NextStep, number>>;

export interface PreviewSummary {
  readonly reachedCount: number;
  readonly winsCount: number;
  /** Computers that another deployment decides on than now. */
  readonly changesCount: number;
  /** Of the computers on which it wins. */
  readonly steps: StepCounts;
  readonly byTenant: readonly {
    readonly tenantId: number;
    readonly tenantName: string;
    readonly reachedCount: number;
    readonly steps: StepCounts;
  }[];
  readonly beats: readonly (PreviewRival & { readonly computerCount: number })[];
  readonly losesTo: readonly (PreviewRival & { readonly computerCount: number })[];
}

/** The rows of a preview in numbers: tenants with the most computers first, rivals likewise. */
export function summarizePreview(rows: readonly PreviewRow[]): PreviewSummary {
  const reached = rows.filter((row) => row.reached);
  const tenants = new Map<number, { tenantId: number; tenantName: string; rows: PreviewRow[] }>();
  for (const row of reached) {
    const tenant = tenants.get(row.tenantId);
    if (tenant) tenant.rows.push(row);
    else tenants.set(row.tenantId, { tenantId: row.tenantId, tenantName: row.tenantName, rows: [row] });
  }
  return {
    reachedCount: reached.length,
    winsCount: reached.filter((row) => row.wins).length,
    changesCount: rows.filter((row) => row.changesWinner).length,
    steps: countSteps(reached),
    byTenant: [...tenants.values()]
      .map(({ rows: own, ...tenant }) => ({ ...tenant, reachedCount: own.length, steps: countSteps(own) }))
      .sort((a, b) => b.reachedCount - a.reachedCount || a.tenantId - b.tenantId),
    beats: countRivals(reached.flatMap((row) => row.beats)),
    losesTo: countRivals(reached.flatMap((row) => row.losesTo ?? [])),
  };
}

function countSteps(rows: readonly PreviewRow[]): StepCounts {
  const counts: StepCounts = {};
  for (const row of rows) if (row.wins) counts[row.next] = (counts[row.next] ?? 0) + 1;
  return counts;
}

function countRivals(rivals: readonly PreviewRival[]): PreviewSummary["beats"] {
  const counted = new Map<string, PreviewRival & { computerCount: number }>();
  for (const rival of rivals) {
    const key = `${rival.deploymentId}/${rival.rule}`;
    const known = counted.get(key);
    if (known) known.computerCount += 1;
    else counted.set(key, { ...rival, computerCount: 1 });
  }
  return [...counted.values()].sort((a, b) => b.computerCount - a.computerCount || a.deploymentId - b.deploymentId);
}

const removes: readonly DesiredState[] = ["uninstalled"];
const wants = (state: DesiredState) => state.startsWith("installed");

/** What a person should know before saving. `states`: what the rivals ask for, by deployment id. */
export function warnOf(
  summary: PreviewSummary,
  draft: { readonly desiredState: DesiredState; readonly enabled: boolean; readonly effectiveFrom: Date | null },
  duplicateId: number | null,
  states: ReadonlyMap<number, DesiredState>,
  now: Date,
): PreviewWarning[] {
  const warnings: PreviewWarning[] = [];
  const warn = (kind: PreviewWarning["kind"], sentence: string, deploymentId: number | null = null) =>
    warnings.push({ kind, sentence, deploymentId });
  if (duplicateId !== null) warn("duplicate", `Deployment #${duplicateId} says exactly this already.`, duplicateId);
  if (summary.reachedCount === 0) warn("never-applies", "No computer is in this target now.");
  else if (summary.winsCount === 0) {
    const [first] = summary.losesTo;
    warn(
      "shadowed",
      first
        ? `It decides nowhere: deployment #${first.deploymentId} wins on ${first.computerCount} of ${summary.reachedCount} computers.`
        : "It decides on no computer now: it takes part during onboarding only.",
      first?.deploymentId ?? null,
    );
  } else if (summary.winsCount < summary.reachedCount && summary.losesTo.length > 0) {
    const lost = summary.losesTo.reduce((sum, rival) => sum + rival.computerCount, 0);
    warn("partly-shadowed", `Other deployments win on ${lost} of ${summary.reachedCount} computers.`);
  }
  for (const rival of [...summary.beats, ...summary.losesTo]) {
    const other = states.get(rival.deploymentId);
    if (other === undefined) continue;
    const clashes =
      (wants(draft.desiredState) && removes.includes(other)) || (removes.includes(draft.desiredState) && wants(other));
    if (clashes) {
      warn(
        "contradicts",
        `Deployment #${rival.deploymentId} asks for the opposite on ${rival.computerCount} of these computers.`,
        rival.deploymentId,
      );
    }
  }
  if (!draft.enabled) warn("not-now", "It is disabled, and takes part only once it is enabled.");
  else if (draft.effectiveFrom !== null && draft.effectiveFrom > now) {
    warn("not-now", "It takes part only from its date on; this shows what it does then.");
  }
  return warnings;
}
