/** The words of deployments and their targets (domain page, chapters 5 and 6). */
import type { ParameterValues } from "./items";

export const softwareStates = [
  "installed-latest",
  "installed-specific",
  "installed-minimum",
  "installed-maximum",
  "installed-any",
  "uninstalled",
  "update-if-found",
  "ignored",
] as const;
export const taskStates = ["enforce", "audit", "monitor", "ignored"] as const;
export const desiredStates = [...softwareStates, "enforce", "audit", "monitor"] as const;
export type DesiredState = (typeof desiredStates)[number];

export const deploymentScopes = ["individual", "tenant", "cross-tenant", "tenants"] as const;
export type DeploymentScope = (typeof deploymentScopes)[number];

export const targetTypes = [
  "computer",
  "person",
  "all",
  "entra-group",
  "rmm-group",
  "rmm-client-group",
  "tag",
  "tenant-tag",
  "filter-script",
  "metascript",
  "psa-agreement-type",
  "psa-product",
  "one-tenant",
] as const;
export type TargetType = (typeof targetTypes)[number];

export const targetDeviceClasses = [
  "any",
  "workstations-and-portables",
  "workstations",
  "portables",
  "servers",
  "domain-controllers",
  "primary-domain-controllers",
] as const;
export type TargetDeviceClass = (typeof targetDeviceClasses)[number];

export const deploymentPhases = ["always", "onboarding"] as const;
export type DeploymentPhase = (typeof deploymentPhases)[number];

/** A target as a deployment states it. Ids are the ids of the named thing's own table. */
export interface Target {
  readonly scope: DeploymentScope;
  readonly targetType: TargetType;
  readonly targetId: number | null;
  readonly targetName: string | null;
  readonly targetTenantId: number | null;
  readonly includesChildTenants: boolean;
  readonly deviceClass: TargetDeviceClass;
}

/** A deployment as the resolver sees it. Times are epoch milliseconds. */
export interface DeploymentRule extends Target {
  readonly id: number;
  readonly origin: "mine" | "recommended";
  readonly itemId: number;
  readonly desiredState: DesiredState;
  readonly version: string | null;
  /** See `compileTargetKey`. */
  readonly targetKey: string;
  readonly phase: DeploymentPhase;
  readonly enabled: boolean;
  readonly approval: "approved" | "dismissed" | null;
  readonly effectiveFromMs: number | null;
  readonly createdAtMs: number;
  /** Of the winner only; never merged across deployments. */
  readonly parameters?: ParameterValues;
}
