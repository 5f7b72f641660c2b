import type { DeploymentRule } from "../deployments";
import type { CompareContext, DeploymentComparison } from "./types";

/** The total order of chapter 6; the first rule that differs decides. */
export function compareDeployments(
  a: DeploymentRule,
  b: DeploymentRule,
  context: CompareContext,
): DeploymentComparison {
  throw new Error(`not written yet: ${a.id} ${b.id} ${context.tenantAncestorIds.length}`);
}
