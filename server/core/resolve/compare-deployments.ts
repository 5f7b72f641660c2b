import type { DeploymentRule } from "../deployments";
import { desiredStateRanks, deviceClassRanks, originRanks, phaseRanks, rankScope, targetTypeRanks } from "./ranks";
import type { CompareContext, DeploymentComparison, RuleName } from "./types";

/** How far up the tree the tenant of a one-tenant target is; 0 for every other target, and for the computer's own. */
export function tenantDistance(deployment: DeploymentRule, context: CompareContext): number {
  if (rankScope(deployment) !== 2) return 0;
  const distance = context.tenantAncestorIds.indexOf(deployment.targetTenantId ?? -1);
  return distance === -1 ? context.tenantAncestorIds.length : distance;
}

/** Every rule as a difference; negative when `a` comes first. */
const rules: readonly {
  readonly name: RuleName;
  readonly differ: (a: DeploymentRule, b: DeploymentRule, context: CompareContext) => number;
}[] = [
  { name: "origin", differ: (a, b) => originRanks[a.origin] - originRanks[b.origin] },
  { name: "scope", differ: (a, b) => rankScope(a) - rankScope(b) },
  { name: "nearer-tenant", differ: (a, b, context) => tenantDistance(a, context) - tenantDistance(b, context) },
  { name: "phase", differ: (a, b) => phaseRanks[a.phase] - phaseRanks[b.phase] },
  { name: "target-type", differ: (a, b) => targetTypeRanks[a.targetType] - targetTypeRanks[b.targetType] },
  { name: "device-class", differ: (a, b) => deviceClassRanks[a.deviceClass] - deviceClassRanks[b.deviceClass] },
  { name: "desired-state", differ: (a, b) => desiredStateRanks[a.desiredState] - desiredStateRanks[b.desiredState] },
  { name: "newer", differ: (a, b) => b.createdAtMs - a.createdAtMs },
  { name: "higher-id", differ: (a, b) => b.id - a.id },
];

/** The total order of chapter 6; the first rule that differs decides. */
export function compareDeployments(
  a: DeploymentRule,
  b: DeploymentRule,
  context: CompareContext,
): DeploymentComparison {
  for (const rule of rules) {
    const difference = rule.differ(a, b, context);
    if (difference !== 0) return { order: difference < 0 ? -1 : 1, rule: rule.name };
  }
  return { order: 0, rule: "higher-id" };
}
