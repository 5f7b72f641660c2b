/** Targets: the key of a target, the keys of a computer, and what a target admits (domain page, chapter 5). */
import type { z } from "zod";
import type { deviceClass, osFamily, packageManager } from "@/server/agents/wire";
import type { Target, TargetDeviceClass } from "./deployments";
import type { ItemPlatform } from "./items";
import type { ComputerKeys, MembershipFacts, TargetKeyEvidence } from "./targets/types";

export type * from "./targets/types";

export type DeviceClass = z.infer<typeof deviceClass>;
export type OsFamily = z.infer<typeof osFamily>;
export type PackageManager = z.infer<typeof packageManager>;

/** The key that a computer must hold for the target to mean it. Equal targets have equal keys. */
export function compileTargetKey(target: Target): string {
  throw new Error(`not written yet: ${target.scope}`);
}

/** The target keys a computer holds, one entry each, sorted by key. */
export function compileComputerKeys(facts: MembershipFacts): TargetKeyEvidence[] {
  return [...explainComputerKeys(facts).held];
}

/** As {@link compileComputerKeys}, with the near misses: opted out, ended, not begun, another tenant's. */
export function explainComputerKeys(facts: MembershipFacts): ComputerKeys {
  throw new Error(`not written yet: ${facts.computer.id}`);
}

/** Whether a target's class covers a computer's: domain controllers are servers, the primary one is both. */
export function admitsDeviceClass(target: TargetDeviceClass, device: DeviceClass): boolean {
  throw new Error(`not written yet: ${target} ${device}`);
}

/** Whether an item can be used on a computer; no platforms at all means everywhere. */
export function admitsPlatform(
  platforms: readonly ItemPlatform[],
  computer: { readonly osFamily: OsFamily; readonly packageManagers: readonly PackageManager[] },
): boolean {
  throw new Error(`not written yet: ${platforms.length} ${computer.osFamily}`);
}
