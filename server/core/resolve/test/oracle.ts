/**
 * Who wins, by brute force and straight from chapters 5 and 6 of the domain page: every deployment is tried against
 * the facts themselves, without keys, indexes or ranks. Shares no code with what it checks.
 */
import type { DeploymentRule } from "../../deployments";
import type { World } from "./world";

/** Winner's id by item id; items nobody deploys here are not in it. */
export function winnersByBruteForce(world: World): Map<number, number> {
  const winners = new Map<number, number>();
  for (const itemId of new Set(world.deployments.map((d) => d.itemId))) {
    const taking = world.deployments.filter((d) => d.itemId === itemId && applies(d, world));
    const winner = taking.find((d) => taking.every((other) => other === d || beats(d, other, world)));
    if (winner !== undefined) winners.set(itemId, winner.id);
  }
  return winners;
}

export function applies(d: DeploymentRule, world: World): boolean {
  if (!d.enabled) return false;
  if (d.origin === "recommended" && d.approval !== "approved") return false;
  if (d.effectiveFromMs !== null && world.nowMs < d.effectiveFromMs) return false;
  if (d.phase === "onboarding" && world.phase === "normal") return false;
  return isMeant(d, world) && isOfClass(d, world) && runsHere(d, world);
}

function runsHere(d: DeploymentRule, { items, computer }: World): boolean {
  const item = items.get(d.itemId);
  if (item === undefined) return false;
  if (item.platforms.length === 0) return true;
  for (const p of item.platforms) {
    if (p.osFamily !== computer.osFamily) continue;
    if (p.packageManager === undefined) return true;
    if (computer.packageManagers.includes(p.packageManager)) return true;
  }
  return false;
}

function isOfClass(d: DeploymentRule, { computer }: World): boolean {
  if (d.targetType === "computer") return true;
  const c = computer.deviceClass;
  const isDc = c === "domain-controller" || c === "primary-domain-controller";
  if (d.deviceClass === "any") return true;
  if (d.deviceClass === "workstations") return c === "workstation";
  if (d.deviceClass === "portables") return c === "portable";
  if (d.deviceClass === "workstations-and-portables") return c === "workstation" || c === "portable";
  if (d.deviceClass === "servers") return c === "server" || isDc;
  if (d.deviceClass === "domain-controllers") return isDc;
  return c === "primary-domain-controller";
}

function isMeant(d: DeploymentRule, world: World): boolean {
  const { facts } = world;
  const own = facts.computer.tenantId;
  const chain = facts.computer.tenantAncestorIds;
  const inOwnTree = (tenantId: number | null) => tenantId === null || chain.includes(tenantId);
  const hasTag = (on: readonly string[]) =>
    facts.tags.some((t) => t.tagId === d.targetId && on.includes(t.on) && inOwnTree(t.tagTenantId));
  const hasFilter = () =>
    facts.filters.some((f) => f.kind === d.targetType && f.filterId === d.targetId && inOwnTree(f.tenantId));
  const inGroup = (kinds: readonly string[]) => {
    const group = facts.groups.find((g) => g.id === d.targetId);
    return group !== undefined && kinds.includes(group.kind) && inOwnTree(group.tenantId) && holds(group.id, world, []);
  };

  if (d.scope === "tenants") return false;
  if (d.scope === "individual") {
    return d.targetType === "computer" ? d.targetId === facts.computer.id : d.targetId === facts.primaryPerson?.id;
  }
  if (d.scope === "tenant") {
    const atTenant =
      d.targetTenantId === own ||
      (d.includesChildTenants && d.targetTenantId !== null && chain.includes(d.targetTenantId));
    if (!atTenant) return false;
    if (d.targetType === "all") return true;
    if (d.targetType === "tag") return hasTag(["computer", "tenant", "person"]);
    if (d.targetType === "entra-group" || d.targetType === "rmm-group") return inGroup(["entra-group", "rmm-group"]);
    return hasFilter();
  }
  if (facts.optsOutOfCrossTenant) return false;
  if (d.targetType === "all") return true;
  if (d.targetType === "tag") return hasTag(["computer", "tenant", "person"]);
  if (d.targetType === "tenant-tag") return hasTag(["tenant"]);
  if (d.targetType === "rmm-client-group") return inGroup(["rmm-client-group"]);
  if (d.targetType === "psa-product" || d.targetType === "psa-agreement-type") return isPaidFor(d, world);
  return hasFilter();
}

/** Looks downwards: does the group hold the person, the computer or its tenant, itself or through a nested group? */
function holds(groupId: number, world: World, seen: readonly number[]): boolean {
  const { facts } = world;
  const group = facts.groups.find((g) => g.id === groupId);
  if (group === undefined || group.vanished || seen.includes(groupId)) return false;
  return facts.groupMembers
    .filter((row) => row.groupId === groupId)
    .some(({ member }) => {
      if (member.kind === "computer") return member.id === facts.computer.id;
      if (member.kind === "tenant") return member.id === facts.computer.tenantId;
      if (member.kind === "person") return facts.primaryPerson !== null && member.id === facts.primaryPerson.id;
      return holds(member.id, world, [...seen, groupId]);
    });
}

function isPaidFor(d: DeploymentRule, { facts }: World): boolean {
  const name = (d.targetName ?? "").toLowerCase().trim();
  const chain = facts.computer.tenantAncestorIds;
  const msp = chain[chain.length - 1];
  return facts.agreements.some((a) => {
    const covers = a.tenantId === facts.computer.tenantId || (chain.includes(a.tenantId) && a.tenantId !== msp);
    if (!covers || a.cancelled || a.inactive) return false;
    const today = a.localDate;
    if (a.startDate !== null && today < a.startDate) return false;
    if (a.endDate !== null && today > a.endDate) return false;
    if (d.targetType === "psa-agreement-type") return a.agreementType.toLowerCase().trim() === name;
    return a.additions.some(
      (addition) =>
        addition.product.toLowerCase().trim() === name &&
        (addition.effectiveDate === null || addition.effectiveDate <= today) &&
        (addition.cancelledDate === null || today < addition.cancelledDate),
    );
  });
}

/** Chapter 6, rule by rule, for deployments to computers. */
export function beats(a: DeploymentRule, b: DeploymentRule, world: World): boolean {
  if (a.origin !== b.origin) return a.origin === "mine";

  const scopes = ["computer", "person", "tenant", "across"];
  const scopeOf = (d: DeploymentRule) => {
    if (d.scope === "individual") return d.targetType;
    if (d.scope === "tenant") return "tenant";
    return "across";
  };
  const scope = scopes.indexOf(scopeOf(a)) - scopes.indexOf(scopeOf(b));
  if (scope !== 0) return scope < 0;
  if (scopeOf(a) === "tenant") {
    const steps = (d: DeploymentRule) => {
      const at = world.facts.computer.tenantAncestorIds.indexOf(d.targetTenantId ?? Number.NaN);
      return at < 0 ? 99 : at;
    };
    if (steps(a) !== steps(b)) return steps(a) < steps(b);
  }

  if (a.phase !== b.phase) return a.phase === "onboarding";

  const types = [
    ["tag"],
    ["filter-script"],
    ["metascript"],
    ["entra-group"],
    ["rmm-group", "rmm-client-group"],
    ["psa-product"],
    ["psa-agreement-type"],
    ["tenant-tag"],
    ["all"],
  ];
  if (a.scope !== "individual") {
    const typeOf = (d: DeploymentRule) => types.findIndex((names) => names.includes(d.targetType));
    if (typeOf(a) !== typeOf(b)) return typeOf(a) < typeOf(b);
  }

  const classes = [
    ["primary-domain-controllers"],
    ["domain-controllers"],
    ["servers", "portables", "workstations"],
    ["workstations-and-portables"],
    ["any"],
  ];
  const classOf = (d: DeploymentRule) => classes.findIndex((names) => names.includes(d.deviceClass));
  if (classOf(a) !== classOf(b)) return classOf(a) < classOf(b);

  const softwareOrder = [
    ["ignored"],
    ["uninstalled"],
    ["installed-specific"],
    ["installed-maximum", "installed-minimum"],
    ["installed-latest"],
    ["installed-any"],
    ["update-if-found"],
  ];
  const taskOrder = [["ignored"], ["enforce"], ["audit"], ["monitor"]];
  const states = world.items.get(a.itemId)?.kind === "task" ? taskOrder : softwareOrder;
  const stateOf = (d: DeploymentRule) => states.findIndex((names) => names.includes(d.desiredState));
  if (stateOf(a) !== stateOf(b)) return stateOf(a) < stateOf(b);

  if (a.createdAtMs !== b.createdAtMs) return a.createdAtMs > b.createdAtMs;
  return a.id > b.id;
}
