import type { DeploymentRule } from "../deployments";
import { admitsDeviceClass, admitsPlatform } from "../targets";
import type { ApplyCondition, ResolvableComputer, ResolvableItem, ResolvePhase } from "./types";

/** What of a deployment can be judged without a computer. */
export function firstFailedAnywhere(
  deployment: DeploymentRule,
  nowMs: number,
): Extract<ApplyCondition, "disabled" | "not-approved" | "not-effective"> | null {
  if (!deployment.enabled) return "disabled";
  if (deployment.origin === "recommended" && deployment.approval !== "approved") return "not-approved";
  if (deployment.effectiveFromMs !== null && deployment.effectiveFromMs > nowMs) return "not-effective";
  return null;
}

/** An individual computer is meant whatever its class. */
export const narrowsByClass = (deployment: DeploymentRule): boolean =>
  !(deployment.scope === "individual" && deployment.targetType === "computer");

/** The first condition that fails, in the order of `applyConditions`; null when the deployment applies. */
export function firstFailedCondition(
  deployment: DeploymentRule,
  computer: ResolvableComputer,
  item: ResolvableItem | undefined,
  holdsKey: boolean,
  phase: ResolvePhase,
  nowMs: number,
): ApplyCondition | null {
  const anywhere = firstFailedAnywhere(deployment, nowMs);
  if (anywhere !== null) return anywhere;
  if (!holdsKey) return "target";
  if (narrowsByClass(deployment) && !admitsDeviceClass(deployment.deviceClass, computer.deviceClass)) {
    return "device-class";
  }
  if (deployment.phase === "onboarding" && phase !== "onboarding") return "phase";
  if (item === undefined) return "unknown-item";
  return admitsPlatform(item.platforms, computer) ? null : "platform";
}
