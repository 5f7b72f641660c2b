/** Small, crowded worlds: few ids, so that memberships meet deployments often. */
import {
  type DeploymentRule,
  type DeploymentScope,
  type DesiredState,
  softwareStates,
  type Target,
  targetDeviceClasses,
  taskStates,
} from "../../deployments";
import type { ItemPlatform } from "../../items";
import { compileTargetKey, type DeviceClass, type MembershipFacts, targetTypesOfScope } from "../../targets";
import type { Random } from "../../test/random";
import type { ResolvableComputer, ResolvableItem, ResolvePhase } from "../types";

export interface World {
  readonly facts: MembershipFacts;
  readonly computer: ResolvableComputer;
  readonly deployments: readonly DeploymentRule[];
  readonly items: ReadonlyMap<number, ResolvableItem>;
  readonly phase: ResolvePhase;
  readonly nowMs: number;
}

/** 1 is the MSP, 2 and 3 its customers, 4 a site of 2, 5 a site of 4. */
const chains: Readonly<Record<number, readonly number[]>> = {
  1: [1],
  2: [2, 1],
  3: [3, 1],
  4: [4, 2, 1],
  5: [5, 4, 2, 1],
};
const NOW = 1_000_000;
const dates = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"] as const;

export function randomWorld(random: Random): World {
  const facts = randomFacts(random);
  const tenantId = facts.computer.tenantId;
  const computer: ResolvableComputer = {
    id: facts.computer.id,
    tenantId,
    tenantAncestorIds: facts.computer.tenantAncestorIds,
    deviceClass: random.pick<DeviceClass>([
      "workstation",
      "portable",
      "server",
      "domain-controller",
      "primary-domain-controller",
    ]),
    osFamily: random.pick(["linux", "windows"]),
    packageManagers: random.pick([["apt"], ["dnf"], [], ["apt", "snap"]]),
    primaryPersonId: facts.primaryPerson?.id ?? null,
  };
  const items = new Map<number, ResolvableItem>([
    [1, { id: 1, kind: "software", name: "Reader", platforms: randomPlatforms(random) }],
    [2, { id: 2, kind: "task", name: "Firewall on", platforms: randomPlatforms(random) }],
  ]);
  const count = 1 + random.int(12);
  const deployments = Array.from({ length: count }, (_, index) => randomDeployment(random, index + 1));
  return { facts, computer, deployments, items, phase: random.chance(0.3) ? "onboarding" : "normal", nowMs: NOW };
}

function randomPlatforms(random: Random): ItemPlatform[] {
  return random.pick<ItemPlatform[]>([
    [],
    [],
    [{ osFamily: "linux" }],
    [{ osFamily: "windows" }],
    [{ osFamily: "linux", packageManager: "apt" }, { osFamily: "windows" }],
  ]);
}

const maybeDate = (random: Random): string | null => (random.chance(0.4) ? null : random.pick(dates));
const maybeTenant = (random: Random): number | null => (random.chance(0.3) ? null : 1 + random.int(5));

function randomFacts(random: Random): MembershipFacts {
  const tenantId = 1 + random.int(5);
  const some = (most: number) => Array.from({ length: random.int(most + 1) }, (_, index) => index + 1);
  return {
    computer: { id: 1 + random.int(2), name: "PC", tenantId, tenantAncestorIds: chains[tenantId] ?? [tenantId] },
    tenantNames: new Map([[tenantId, "Contoso"]]),
    primaryPerson: random.chance(0.7) ? { id: 1 + random.int(2), name: "Ada" } : null,
    optsOutOfCrossTenant: random.chance(0.2),
    tags: some(3).map((assignmentId) => ({
      assignmentId,
      tagId: 1 + random.int(3),
      tagName: "T",
      tagTenantId: maybeTenant(random),
      on: random.pick(["computer", "tenant", "person"]),
    })),
    groups: [1, 2, 3, 4].map((id) => ({
      id,
      kind: random.pick(["entra-group", "entra-group", "rmm-group", "rmm-client-group"]),
      name: `G${id}`,
      tenantId: maybeTenant(random),
      vanished: random.chance(0.1),
    })),
    groupMembers: some(6).map((id) => ({
      id,
      groupId: 1 + random.int(4),
      member: { kind: random.pick(["person", "computer", "tenant", "group", "group"]), id: 1 + random.int(4) },
    })),
    agreements: some(2).map((id) => ({
      id,
      tenantId: 1 + random.int(5),
      name: `A${id}`,
      agreementType: random.pick(["Managed", "managed ", "Break-fix"]),
      startDate: maybeDate(random),
      endDate: maybeDate(random),
      cancelled: random.chance(0.15),
      inactive: random.chance(0.15),
      localDate: "2026-01-03",
      additions: some(2).map((additionId) => ({
        id: id * 10 + additionId,
        product: random.pick(["Backup", "EDR"]),
        effectiveDate: maybeDate(random),
        cancelledDate: maybeDate(random),
      })),
    })),
    filters: some(2).map((filterId) => ({
      filterId,
      kind: random.pick(["filter-script", "metascript"]),
      name: "F",
      tenantId: maybeTenant(random),
    })),
  };
}

export function randomDeployment(random: Random, id: number): DeploymentRule {
  const target = randomTarget(random);
  const itemId = 1 + random.int(2);
  const states: readonly DesiredState[] = itemId === 1 ? softwareStates : taskStates;
  const origin = random.chance(0.7) ? "mine" : "recommended";
  return {
    ...target,
    id,
    origin,
    itemId,
    desiredState: states[random.int(states.length)] ?? "ignored",
    version: null,
    targetKey: compileTargetKey(target),
    phase: random.chance(0.25) ? "onboarding" : "always",
    enabled: !random.chance(0.1),
    approval: origin === "mine" ? null : random.pick(["approved", "approved", "dismissed", null]),
    effectiveFromMs: random.chance(0.8) ? null : NOW + random.int(3) - 1,
    createdAtMs: random.int(3),
  };
}

function randomTarget(random: Random): Target {
  const scope = random.pick<DeploymentScope>([
    "individual",
    "tenant",
    "tenant",
    "cross-tenant",
    "cross-tenant",
    "tenants",
  ]);
  const types = targetTypesOfScope[scope];
  const targetType = types[random.int(types.length)] ?? "all";
  return {
    scope,
    targetType,
    targetId: 1 + random.int(4),
    targetName:
      targetType === "psa-agreement-type"
        ? random.pick(["managed", "Break-Fix"])
        : targetType === "psa-product"
          ? random.pick(["backup", "EDR"])
          : null,
    targetTenantId: scope === "tenant" || targetType === "one-tenant" ? 1 + random.int(5) : null,
    includesChildTenants: random.chance(0.5),
    deviceClass: targetDeviceClasses[random.int(targetDeviceClasses.length)] ?? "any",
  };
}
