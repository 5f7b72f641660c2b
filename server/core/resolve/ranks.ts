/** Where each word stands in the order of chapter 6; lower wins. Equal numbers do not decide. */
import type {
  DeploymentPhase,
  DeploymentRule,
  DesiredState,
  Target,
  TargetDeviceClass,
  TargetType,
} from "../deployments";

export const originRanks: Readonly<Record<DeploymentRule["origin"], number>> = { mine: 0, recommended: 1 };

/** Individual computer, individual person, one tenant, across tenants. Cloud tasks: one tenant, then several. */
export function rankScope(target: Pick<Target, "scope" | "targetType">): number {
  switch (target.scope) {
    case "individual":
      return target.targetType === "person" ? 1 : 0;
    case "tenant":
      return 2;
    case "cross-tenant":
      return 3;
    case "tenants":
      return target.targetType === "one-tenant" ? 2 : 3;
  }
}

export const phaseRanks: Readonly<Record<DeploymentPhase, number>> = { onboarding: 0, always: 1 };

/** Most specific first; individual targets and a tenant itself have none to compare, and never meet the others. */
export const targetTypeRanks: Readonly<Record<TargetType, number>> = {
  computer: 0,
  person: 0,
  tag: 1,
  "filter-script": 2,
  metascript: 3,
  "entra-group": 4,
  "rmm-group": 5,
  "rmm-client-group": 5,
  "psa-product": 6,
  "psa-agreement-type": 7,
  "tenant-tag": 8,
  all: 9,
  "one-tenant": 9,
};

/** Narrowest first. Servers, portables and workstations exclude one another, so none is narrower. */
export const deviceClassRanks: Readonly<Record<TargetDeviceClass, number>> = {
  "primary-domain-controllers": 0,
  "domain-controllers": 1,
  servers: 2,
  portables: 2,
  workstations: 2,
  "workstations-and-portables": 3,
  any: 4,
};

/** Software and task states side by side; only `ignored` is in both. Maximum and minimum are equal. */
export const desiredStateRanks: Readonly<Record<DesiredState, number>> = {
  ignored: 0,
  uninstalled: 1,
  "installed-specific": 2,
  "installed-maximum": 3,
  "installed-minimum": 3,
  "installed-latest": 4,
  "installed-any": 5,
  "update-if-found": 6,
  enforce: 1,
  audit: 2,
  monitor: 3,
};
