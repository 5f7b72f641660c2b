/** Targets: the key of a target, the keys of a computer, and what a target admits (domain page, chapter 5). */
import type { z } from "zod";
import type { deviceClass, osFamily, packageManager } from "@/server/agents/wire";
import type { DeploymentScope, TargetDeviceClass, TargetType } from "./deployments";
import type { ItemPlatform } from "./items";
import { explainComputerKeys, explainTenantKeys } from "./targets/explain-keys";
import type { MembershipFacts, TargetKeyEvidence, TenantFacts } from "./targets/types";

export { explainComputerKeys, explainTenantKeys } from "./targets/explain-keys";
export { compileTargetKey } from "./targets/keys";
export type * from "./targets/types";

export type DeviceClass = z.infer<typeof deviceClass>;
export type OsFamily = z.infer<typeof osFamily>;
export type PackageManager = z.infer<typeof packageManager>;

/** The target types each scope has; anything else applies to nobody. */
export const targetTypesOfScope: Readonly<Record<DeploymentScope, readonly TargetType[]>> = {
  individual: ["computer", "person"],
  tenant: ["all", "entra-group", "rmm-group", "tag", "filter-script", "metascript"],
  "cross-tenant": [
    "all",
    "psa-agreement-type",
    "psa-product",
    "rmm-client-group",
    "tenant-tag",
    "tag",
    "filter-script",
    "metascript",
  ],
  tenants: ["one-tenant", "all", "tenant-tag", "psa-agreement-type", "psa-product"],
};

/** The target keys a computer holds, one entry each, sorted by key. See `explainComputerKeys` for the near misses. */
export function compileComputerKeys(facts: MembershipFacts): TargetKeyEvidence[] {
  return [...explainComputerKeys(facts).held];
}

/** The target keys a tenant holds, for cloud tasks. */
export function compileTenantKeys(facts: TenantFacts): TargetKeyEvidence[] {
  return [...explainTenantKeys(facts).held];
}

const admitted: Readonly<Record<TargetDeviceClass, readonly DeviceClass[]>> = {
  any: ["workstation", "portable", "server", "domain-controller", "primary-domain-controller"],
  "workstations-and-portables": ["workstation", "portable"],
  workstations: ["workstation"],
  portables: ["portable"],
  servers: ["server", "domain-controller", "primary-domain-controller"],
  "domain-controllers": ["domain-controller", "primary-domain-controller"],
  "primary-domain-controllers": ["primary-domain-controller"],
};

/** Whether a target's class covers a computer's: domain controllers are servers, the primary one is both. */
export function admitsDeviceClass(target: TargetDeviceClass, device: DeviceClass): boolean {
  return admitted[target].includes(device);
}

/** Whether an item can be used on a computer; no platforms at all means everywhere. */
export function admitsPlatform(
  platforms: readonly ItemPlatform[],
  computer: { readonly osFamily: OsFamily; readonly packageManagers: readonly PackageManager[] },
): boolean {
  return (
    platforms.length === 0 ||
    platforms.some(
      (platform) =>
        platform.osFamily === computer.osFamily &&
        (platform.packageManager === undefined || computer.packageManagers.includes(platform.packageManager)),
    )
  );
}
