import type { DeploymentRule } from "../deployments";
import { groupBy } from "../group-by";
import type { TargetKeyEvidence } from "../targets";
import { compareDeployments } from "./compare-deployments";
import { firstFailedCondition } from "./conditions";
import { describeCondition, describeDefeat } from "./sentences";
import type { DeploymentNotApplied, ItemResolution, ResolveInput } from "./types";

/** Winner and trace for every item that a deployment names, by item id. */
export function resolveComputer(input: ResolveInput): ItemResolution[] {
  const held = groupBy(input.keys, (evidence) => evidence.key);
  const missed = groupBy(input.missedKeys ?? [], (evidence) => evidence.key);
  const byItem = groupBy(input.deployments, (deployment) => deployment.itemId);
  return [...byItem]
    .sort(([a], [b]) => a - b)
    .map(([itemId, deployments]) => resolveItem(itemId, deployments, input, held, missed));
}

type EvidenceByKey = ReadonlyMap<string, readonly TargetKeyEvidence[]>;

function resolveItem(
  itemId: number,
  deployments: readonly DeploymentRule[],
  input: ResolveInput,
  held: EvidenceByKey,
  missed: EvidenceByKey,
): ItemResolution {
  const { computer, phase, nowMs } = input;
  const item = input.items.get(itemId);
  const applying: DeploymentRule[] = [];
  const notApplied: DeploymentNotApplied[] = [];
  for (const deployment of deployments) {
    const condition = firstFailedCondition(deployment, computer, item, held.has(deployment.targetKey), phase, nowMs);
    if (condition === null) {
      applying.push(deployment);
      continue;
    }
    const nearMiss = missed.get(deployment.targetKey)?.[0]?.sentence ?? null;
    const sentence = describeCondition(condition, deployment, computer, item, nearMiss);
    notApplied.push({ deployment, condition, sentence });
  }

  applying.sort((a, b) => compareDeployments(a, b, computer).order);
  const [winner, ...beaten] = applying;
  const keys = new Set(applying.map((deployment) => deployment.targetKey));
  return {
    itemId,
    winner: winner ?? null,
    losers:
      winner === undefined
        ? []
        : beaten.map((deployment) => {
            const { rule } = compareDeployments(winner, deployment, computer);
            return { deployment, beatenBy: rule, sentence: describeDefeat(winner, rule) };
          }),
    notApplied: notApplied.sort((a, b) => a.deployment.id - b.deployment.id),
    evidence: [...keys].sort().flatMap((key) => held.get(key) ?? []),
  };
}
