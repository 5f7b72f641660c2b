import type { DeploymentRule } from "../deployments";
import type { PrerequisiteItem } from "../order/types";
import type { Wish } from "./decision";

/** What a winning deployment wants. */
export const wishOfDeployment = (winner: DeploymentRule): Wish => ({
  desiredState: winner.desiredState,
  version: winner.version,
  atMost: null,
  parameters: winner.parameters ?? {},
  deploymentId: winner.id,
  isOnboardingOnly: winner.phase === "onboarding",
  neededBy: null,
});

const neededWish = { parameters: {}, isOnboardingOnly: false } as const;

/** What a prerequisite wants of an item; an own deployment that allows it stays named. */
export function wishOfPrerequisite(
  required: PrerequisiteItem,
  requiredState: "installed" | "uninstalled",
  kind: "software" | "task",
  own: Wish | undefined,
  neededBy: string,
): Wish {
  const base = {
    ...neededWish,
    ...(own === undefined ? {} : { parameters: own.parameters, isOnboardingOnly: own.isOnboardingOnly }),
    deploymentId: own?.deploymentId ?? null,
    neededBy,
  };
  if (kind === "task") return { ...base, desiredState: "enforce", version: null, atMost: null };
  if (requiredState === "uninstalled") return { ...base, desiredState: "uninstalled", version: null, atMost: null };
  const { minimumVersion, maximumVersion } = required;
  if (minimumVersion !== null) {
    return { ...base, desiredState: "installed-minimum", version: minimumVersion, atMost: maximumVersion };
  }
  return maximumVersion === null
    ? { ...base, desiredState: "installed-any", version: null, atMost: null }
    : { ...base, desiredState: "installed-maximum", version: maximumVersion, atMost: null };
}

/** What a software wants of the task that configures it, when no deployment says otherwise. */
export const wishOfConfiguration = (own: Wish | undefined): Wish =>
  own ?? {
    ...neededWish,
    desiredState: "enforce",
    version: null,
    atMost: null,
    deploymentId: null,
    neededBy: null,
  };
