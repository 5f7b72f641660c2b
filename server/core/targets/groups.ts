import type { Claim, Holder } from "./claims";
import { groupKey } from "./keys";
import type { GroupFact, GroupMemberFact, MembershipFacts } from "./types";

interface Membership {
  readonly row: GroupMemberFact;
  /** From the group that holds the member itself outwards. */
  readonly path: readonly GroupFact[];
}

/** Every group the computer is in, through its person, itself or its tenant, however deeply nested; each group once. */
export function claimGroups(facts: MembershipFacts, holder: Holder): Claim[] {
  const groups = new Map(facts.groups.map((group) => [group.id, group]));
  const parents = new Map<number, GroupMemberFact[]>();
  for (const row of facts.groupMembers) {
    if (row.member.kind !== "group") continue;
    parents.set(row.member.id, [...(parents.get(row.member.id) ?? []), row]);
  }
  for (const rows of parents.values()) rows.sort((a, b) => a.id - b.id);

  const found = new Map<number, Membership>();
  let frontier: Membership[] = directMemberships(facts, groups);
  // Breadth first, so the shortest way is the one told; groups nested in a ring end here too.
  while (frontier.length > 0) {
    const next: Membership[] = [];
    for (const membership of frontier) {
      const group = membership.path.at(-1);
      if (group === undefined || found.has(group.id)) continue;
      found.set(group.id, membership);
      for (const row of parents.get(group.id) ?? []) {
        const outer = groups.get(row.groupId);
        // A group that vanished hands on nothing.
        if (outer !== undefined && !group.vanished)
          next.push({ row: membership.row, path: [...membership.path, outer] });
      }
    }
    frontier = next;
  }
  return [...found.values()].map((membership) => claimOf(membership, facts, holder));
}

function directMemberships(facts: MembershipFacts, groups: ReadonlyMap<number, GroupFact>): Membership[] {
  const holds = (row: GroupMemberFact): boolean =>
    (row.member.kind === "computer" && row.member.id === facts.computer.id) ||
    (row.member.kind === "tenant" && row.member.id === facts.computer.tenantId) ||
    (row.member.kind === "person" && row.member.id === facts.primaryPerson?.id);
  return facts.groupMembers
    .filter(holds)
    .toSorted((a, b) => a.id - b.id)
    .flatMap((row) => {
      const group = groups.get(row.groupId);
      return group === undefined ? [] : [{ row, path: [group] }];
    });
}

function claimOf({ row, path }: Membership, facts: MembershipFacts, holder: Holder): Claim {
  const group = path.at(-1);
  const who =
    row.member.kind === "person"
      ? `${facts.primaryPerson?.name ?? "The primary person"} is`
      : row.member.kind === "tenant"
        ? `${holder.tenantName} is`
        : "This computer is";
  const way = path.map((step) => step.name).join(", which is in ");
  const foreign = group !== undefined && group.tenantId !== null && !holder.tenantAncestorIds.includes(group.tenantId);
  return {
    membership: groupKey(group?.id ?? null),
    inTenant: group?.kind !== "rmm-client-group",
    acrossTenants: group?.kind === "rmm-client-group",
    sentence: `${who} in ${way}.`,
    source: { table: "group_members", id: row.id },
    missedBecause:
      group?.vanished === true
        ? `The group ${group.name} no longer exists at its source.`
        : foreign
          ? `The group ${group.name} is another tenant's.`
          : null,
  };
}
