import type { DeploymentRule, Target } from "@/server/core/deployments";
import type { ResolvableComputer, ResolvableItem } from "@/server/core/resolve";
import { compileTargetKey, type DeviceClass, type MembershipFacts } from "@/server/core/targets";
import { type Random, randomFrom } from "@/server/core/test/random";

export const COMPUTERS = 100_000;
const TENANTS = 1000;
const DEPLOYMENTS = 2000;
const ITEMS = 500;
const GROUPS_A_TENANT = 4;
const TAGS = 40;
const PRODUCTS = ["EDR", "Backup", "Patching", "Helpdesk", "DNS filter", "Mail filter"] as const;

/** A fleet as a provider has it: 100,000 computers at 1,000 tenants, 2,000 deployments of 500 items. */
export interface Fleet {
  readonly deployments: readonly DeploymentRule[];
  readonly items: ReadonlyMap<number, ResolvableItem>;
  readonly computerAt: (index: number) => ResolvableComputer;
  /** Made anew at each call: what a loader reads from the database for one computer. */
  readonly factsAt: (index: number) => MembershipFacts;
}

export function makeFleet(seed: number): Fleet {
  const random = randomFrom(seed);
  // Tenant 1 is the MSP; every fourth of the others is a site of the customer before it.
  const chains = Array.from({ length: TENANTS + 1 }, (_, id) =>
    id <= 1 ? [1] : id % 4 === 0 ? [id, id - 1, 1] : [id, 1],
  );
  const chainOf = (tenantId: number) => chains[tenantId] ?? [tenantId, 1];
  const items = new Map(
    Array.from({ length: ITEMS }, (_, index): [number, ResolvableItem] => [
      index + 1,
      { id: index + 1, kind: "software", name: `Item ${index + 1}`, platforms: [] },
    ]),
  );
  const classes = (random: Random) =>
    random.pick<DeviceClass>(["workstation", "portable", "portable", "workstation", "server"]);
  const tenantOf = (index: number) => 2 + ((Math.imul(index, 2_654_435_761) >>> 0) % (TENANTS - 1));
  const computerAt = (index: number): ResolvableComputer => ({
    id: index + 1,
    tenantId: tenantOf(index),
    tenantAncestorIds: chainOf(tenantOf(index)),
    deviceClass: classes(randomFrom(index)),
    osFamily: "windows",
    packageManagers: ["winget"],
    primaryPersonId: index + 1,
  });
  return {
    deployments: Array.from({ length: DEPLOYMENTS }, (_, index) => makeDeployment(random, index + 1)),
    items,
    computerAt,
    factsAt: (index) => makeFacts(randomFrom(index * 7 + 1), computerAt(index)),
  };
}

function makeFacts(random: Random, computer: ResolvableComputer): MembershipFacts {
  const { id, tenantId, tenantAncestorIds } = computer;
  const firstGroup = tenantId * GROUPS_A_TENANT;
  const hasProducts = tenantId % 5 === 0;
  return {
    computer: { id, name: `PC-${id}`, tenantId, tenantAncestorIds },
    tenantNames: new Map([[tenantId, `Tenant ${tenantId}`]]),
    primaryPerson: { id, name: `Person ${id}` },
    optsOutOfCrossTenant: tenantId % 50 === 0,
    tags: [1, 2].map((assignmentId) => ({
      assignmentId,
      tagId: 1 + random.int(TAGS),
      tagName: "Tag",
      tagTenantId: null,
      on: random.pick(["computer", "tenant", "person"]),
    })),
    groups: Array.from({ length: GROUPS_A_TENANT }, (_, index) => ({
      id: firstGroup + index,
      kind: "entra-group",
      name: `Group ${index}`,
      tenantId,
      vanished: false,
    })),
    groupMembers: [
      { id: 1, groupId: firstGroup + random.int(2), member: { kind: "person", id } },
      { id: 2, groupId: firstGroup + 2, member: { kind: "group", id: firstGroup } },
      { id: 3, groupId: firstGroup + 3, member: { kind: "group", id: firstGroup + 2 } },
    ],
    agreements: hasProducts
      ? [
          {
            id: tenantId,
            tenantId,
            name: "Agreement",
            agreementType: "Managed",
            startDate: "2026-01-01",
            endDate: null,
            cancelled: false,
            inactive: false,
            localDate: "2026-06-01",
            additions: PRODUCTS.slice(tenantId % 3).map((product, index) => ({
              id: tenantId * 10 + index,
              product,
              effectiveDate: "2026-02-01",
              cancelledDate: null,
            })),
          },
        ]
      : [],
    filters: [],
  };
}

function makeDeployment(random: Random, id: number): DeploymentRule {
  const target = makeTarget(random);
  return {
    ...target,
    id,
    origin: "mine",
    itemId: 1 + random.int(ITEMS),
    desiredState: random.pick(["installed-latest", "installed-latest", "uninstalled", "update-if-found", "ignored"]),
    version: null,
    targetKey: compileTargetKey(target),
    phase: random.chance(0.05) ? "onboarding" : "always",
    enabled: true,
    approval: null,
    effectiveFromMs: null,
    createdAtMs: id,
  };
}

/** 15 % for everyone, a quarter for one tenant, the rest by groups, tags, products and single computers. */
function makeTarget(random: Random): Target {
  const base: Target = {
    scope: "cross-tenant",
    targetType: "all",
    targetId: null,
    targetName: null,
    targetTenantId: null,
    includesChildTenants: false,
    deviceClass: random.pick([
      "workstations-and-portables",
      "workstations-and-portables",
      "any",
      "servers",
      "portables",
    ]),
  };
  const share = random.int(100);
  const targetTenantId = 2 + random.int(TENANTS - 1);
  if (share < 15) return base;
  if (share < 40) return { ...base, scope: "tenant", targetTenantId, includesChildTenants: random.chance(0.5) };
  if (share < 65) {
    const targetId = targetTenantId * GROUPS_A_TENANT + random.int(GROUPS_A_TENANT);
    return { ...base, scope: "tenant", targetTenantId, targetType: "entra-group", targetId };
  }
  if (share < 80) return { ...base, targetType: "tag", targetId: 1 + random.int(TAGS) };
  if (share < 90) return { ...base, targetType: "psa-product", targetName: random.pick(PRODUCTS) };
  return { ...base, scope: "individual", targetType: "computer", targetId: 1 + random.int(COMPUTERS) };
}
