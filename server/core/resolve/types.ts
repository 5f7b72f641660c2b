/** What the resolver reads and answers (domain page, chapter 6). */
import type { DeploymentPhase, DeploymentRule } from "../deployments";
import type { ItemKind, ItemPlatform } from "../items";
import type { DeviceClass, OsFamily, PackageManager, TargetKeyEvidence } from "../targets";

export interface ResolvableComputer {
  readonly id: number;
  readonly tenantId: number;
  /** Its tenant first, then up to the MSP. */
  readonly tenantAncestorIds: readonly number[];
  readonly deviceClass: DeviceClass;
  readonly osFamily: OsFamily;
  readonly packageManagers: readonly PackageManager[];
  readonly primaryPersonId: number | null;
}

export interface ResolvableItem {
  readonly id: number;
  readonly kind: ItemKind;
  readonly name: string;
  /** Empty means everywhere. */
  readonly platforms: readonly ItemPlatform[];
}

/** Whether the computer is being onboarded; `normal` leaves onboarding-only deployments out. */
export type ResolvePhase = "onboarding" | "normal";

export interface ResolveInput {
  readonly computer: ResolvableComputer;
  readonly keys: readonly TargetKeyEvidence[];
  /** Keys the computer nearly holds, with the reason; makes "why not" precise. */
  readonly missedKeys?: readonly TargetKeyEvidence[];
  /** Every deployment of the items asked about, of whatever target. */
  readonly deployments: readonly DeploymentRule[];
  readonly items: ReadonlyMap<number, ResolvableItem>;
  readonly phase: ResolvePhase;
  readonly nowMs: number;
}

/** The rules of the order, in the order in which they decide. `scope` and `nearer-tenant` are both rule 2. */
export const ruleNames = [
  "origin",
  "scope",
  "nearer-tenant",
  "phase",
  "target-type",
  "device-class",
  "desired-state",
  "newer",
  "higher-id",
] as const;
export type RuleName = (typeof ruleNames)[number];

/** Conditions a deployment must meet to take part, in the order in which they are asked. */
export const applyConditions = [
  "disabled",
  "not-approved",
  "not-effective",
  "target",
  "device-class",
  "phase",
  "unknown-item",
  "platform",
] as const;
export type ApplyCondition = (typeof applyConditions)[number];

export interface BeatenDeployment {
  readonly deployment: DeploymentRule;
  readonly beatenBy: RuleName;
  readonly sentence: string;
}

export interface DeploymentNotApplied {
  readonly deployment: DeploymentRule;
  readonly condition: ApplyCondition;
  readonly sentence: string;
}

/** What one item should be on one computer, and why: the whole trace. */
export interface ItemResolution {
  readonly itemId: number;
  readonly winner: DeploymentRule | null;
  /** Best first. */
  readonly losers: readonly BeatenDeployment[];
  /** By deployment id. */
  readonly notApplied: readonly DeploymentNotApplied[];
  /** The memberships that winner and losers rest on. */
  readonly evidence: readonly TargetKeyEvidence[];
}

/** What the comparator needs of the computer: which tenant is nearer. */
export interface CompareContext {
  readonly tenantAncestorIds: readonly number[];
}
export interface DeploymentComparison {
  /** -1: `a` is first (wins). 0 only for the same deployment. */
  readonly order: -1 | 0 | 1;
  readonly rule: RuleName;
}
export type { DeploymentPhase };
