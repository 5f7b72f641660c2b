/** Deployments in words. */
import type { DeploymentPhase, DesiredState, Target, TargetDeviceClass } from "./deployments";
import type { ItemKind } from "./items";

export interface DescribableDeployment {
  readonly target: Target;
  readonly desiredState: DesiredState;
  readonly version: string | null;
  readonly phase: DeploymentPhase;
  readonly item: { readonly name: string; readonly kind: ItemKind };
  readonly names: {
    /** The tenant of a one-tenant target. */
    readonly tenant: string | null;
    /** The computer, person, group, tag, filter, agreement type or product. */
    readonly target: string | null;
  };
}

const classWords: Readonly<Record<TargetDeviceClass, string>> = {
  any: "computers",
  "workstations-and-portables": "workstations and portables",
  workstations: "workstations",
  portables: "portables",
  servers: "servers",
  "domain-controllers": "domain controllers",
  "primary-domain-controllers": "primary domain controllers",
};

/** A device class as it is said in the middle of a sentence. */
export const describeDeviceClass = (deviceClass: TargetDeviceClass): string => classWords[deviceClass];

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "Workstations and portables at Contoso should have the latest Adobe Acrobat." */
export function describeDeployment(deployment: DescribableDeployment): string {
  const onboarding = deployment.phase === "onboarding" ? "During onboarding, " : "";
  const target = describeTarget(deployment.target, deployment.names);
  return `${onboarding === "" ? upperFirst(target) : onboarding + target} ${describeWish(deployment)}.`;
}

/** Who is meant: "workstations and portables of people in Finance at Contoso and its sites". */
export function describeTarget(target: Target, names: DescribableDeployment["names"]): string {
  const name = names.target ?? target.targetName ?? (target.targetId === null ? "?" : `#${target.targetId}`);
  const tenantName = names.tenant ?? (target.targetTenantId === null ? "?" : `tenant #${target.targetTenantId}`);
  if (target.scope === "tenants") return describeTenants(target, name, tenantName);
  const devices = describeDeviceClass(target.deviceClass);
  if (target.targetType === "computer") return `the computer ${name}`;
  if (target.targetType === "person") return `the ${devices} that ${name} mainly uses`;
  const where =
    target.scope === "tenant"
      ? ` at ${tenantName}${target.includesChildTenants ? " and the tenants below it" : ""}`
      : target.targetType === "all"
        ? " at every tenant"
        : "";
  return `${devices}${describeMembership(target.targetType, name)}${where}`;
}

function describeMembership(type: Target["targetType"], name: string): string {
  switch (type) {
    case "entra-group":
      return ` of people in the group ${name}`;
    case "rmm-group":
    case "rmm-client-group":
      return ` in the RMM group ${name}`;
    case "tag":
      return ` tagged ${name}`;
    case "tenant-tag":
      return ` at tenants tagged ${name}`;
    case "filter-script":
      return ` that the filter ${name} finds`;
    case "metascript":
      return ` that the metascript ${name} finds`;
    case "psa-agreement-type":
      return ` covered by a ${name} agreement`;
    case "psa-product":
      return ` covered by an agreement with ${name}`;
    default:
      return "";
  }
}

function describeTenants(target: Target, name: string, tenantName: string): string {
  switch (target.targetType) {
    case "one-tenant":
      return `the tenant ${tenantName}`;
    case "tenant-tag":
    case "tag":
      return `tenants tagged ${name}`;
    case "psa-agreement-type":
      return `tenants with a ${name} agreement`;
    case "psa-product":
      return `tenants with ${name} on an agreement`;
    default:
      return "all tenants";
  }
}

function describeWish({ desiredState, version, item }: DescribableDeployment): string {
  switch (desiredState) {
    case "installed-latest":
      return `should have the latest ${item.name}`;
    case "installed-specific":
      return `should have ${item.name} ${version ?? "?"}`;
    case "installed-minimum":
      return `should have ${item.name} ${version ?? "?"} or newer`;
    case "installed-maximum":
      return `should have ${item.name} ${version ?? "?"} at the newest`;
    case "installed-any":
      return `should have ${item.name}, whichever version`;
    case "uninstalled":
      return `should not have ${item.name}`;
    case "update-if-found":
      return `should have the latest ${item.name} where it is installed`;
    case "enforce":
      return `should have the task ${item.name} enforced`;
    case "audit":
      return `should be audited for ${item.name}`;
    case "monitor":
      return `should have ${item.name} recorded`;
    case "ignored":
      return item.kind === "task"
        ? `should be left alone by the task ${item.name}`
        : `should keep ${item.name} as it is`;
  }
}

/** A version as people say it: without epoch, revision and build (`1:2.3-4+deb12u1` is `2.3`). */
export function formatVersionShort(version: string): string {
  const text = version.trim();
  const shown = /^(?:v(?=\d))?(?:\d+:)?(\d[^-+\s(]*)/i.exec(text)?.[1];
  return shown === undefined ? text : shown;
}
