import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { filterMembers, filters, groupMembers, groups, tagAssignments, tags, tenants } from "@/db/schema";
import type { FilterFact, GroupFact, GroupMemberFact, MembershipFacts, TagFact } from "@/server/core/targets";
import type { ServiceContext } from "../context";
import { idArray } from "./id-array";
import { loadAgreements } from "./load-agreements";
import type { LoadedComputer } from "./load-computers";

/**
 * Everything that decides which targets the computers are in, by computer id. A fixed number of statements however many
 * computers there are; core's `explainComputerKeys` makes keys of it.
 */
export async function loadMemberships(
  ctx: ServiceContext,
  computers: readonly LoadedComputer[],
): Promise<Map<number, MembershipFacts>> {
  if (computers.length === 0) return new Map();
  const holders = {
    computers: idArray(computers.map((computer) => computer.id)),
    tenants: idArray(new Set(computers.map((computer) => computer.tenantId))),
    people: idArray(new Set(computers.flatMap((computer) => computer.primaryPersonId ?? []))),
  };
  const tenantIds = new Set(computers.flatMap((computer) => computer.tenantAncestorIds));
  const [tagsOf, groupsOf, filtersOf] = [
    await loadTags(ctx, holders),
    await loadGroups(ctx, holders),
    await loadFilters(ctx, holders),
  ];
  const agreements = await loadAgreements(ctx, tenantIds);
  const tenantNames = await loadTenantNames(ctx, tenantIds);
  return new Map(
    computers.map((computer) => {
      const members = [
        ...groupsOf.of("computer", computer.id),
        ...groupsOf.of("person", computer.primaryPersonId),
        ...groupsOf.of("tenant", computer.tenantId),
      ];
      const facts: MembershipFacts = {
        computer,
        tenantNames,
        primaryPerson:
          computer.primaryPersonId === null
            ? null
            : { id: computer.primaryPersonId, name: computer.primaryPersonName ?? "its primary person" },
        optsOutOfCrossTenant: computer.optsOutOfCrossTenant,
        tags: [
          ...tagsOf("computer", computer.id),
          ...tagsOf("tenant", computer.tenantId),
          ...tagsOf("person", computer.primaryPersonId),
        ],
        groups: members.length === 0 ? [] : groupsOf.groups,
        groupMembers: members.length === 0 ? [] : [...members, ...groupsOf.nestings],
        agreements: computer.tenantAncestorIds.flatMap((tenantId) => agreements.get(tenantId) ?? []),
        filters: filtersOf.get(computer.id) ?? [],
      };
      return [computer.id, facts] as const;
    }),
  );
}

type Holders = Record<"computers" | "tenants" | "people", ReturnType<typeof idArray>>;
type HolderKind = "computer" | "tenant" | "person";

async function loadTags(ctx: ServiceContext, holders: Holders) {
  const found = await rows<Omit<TagFact, "on"> & { on: HolderKind; holderId: number }>(
    ctx.db,
    sql`select a.id::int as "assignmentId", t.id::int as "tagId", t.name as "tagName", t.tenant_id::int as "tagTenantId",
          case when a.computer_id is not null then 'computer' when a.tenant_id is not null then 'tenant' else 'person' end as "on",
          coalesce(a.computer_id, a.tenant_id, a.person_id)::int as "holderId"
        from ${tagAssignments} a join ${tags} t on t.id = a.tag_id
        where a.computer_id = any(${holders.computers}) or a.tenant_id = any(${holders.tenants}) or a.person_id = any(${holders.people})
        order by a.id`,
  );
  const byHolder = groupBy(found, (row) => `${row.on}:${row.holderId}`);
  return (kind: HolderKind, id: number | null): readonly TagFact[] => byHolder.get(`${kind}:${id}`) ?? [];
}

async function loadGroups(ctx: ServiceContext, holders: Holders) {
  const direct = sql`m.computer_id = any(${holders.computers}) or m.tenant_id = any(${holders.tenants}) or m.person_id = any(${holders.people})`;
  const found = await rows<{
    id: number;
    groupId: number;
    kind: GroupMemberFact["member"]["kind"];
    memberId: number;
    since: string;
  }>(
    ctx.db,
    sql`with recursive reached as (
          select distinct m.group_id from ${groupMembers} m where ${direct}
          union
          select m.group_id from ${groupMembers} m join reached r on m.nested_group_id = r.group_id
        )
        select m.id::int as id, m.group_id::int as "groupId",
          case when m.computer_id is not null then 'computer' when m.tenant_id is not null then 'tenant'
               when m.person_id is not null then 'person' else 'group' end as kind,
          coalesce(m.computer_id, m.tenant_id, m.person_id, m.nested_group_id)::int as "memberId",
          to_char(m.since at time zone 'UTC', 'YYYY-MM-DD') as since
        from ${groupMembers} m
        where ${direct} or m.nested_group_id in (select group_id from reached)
        order by m.id`,
  );
  const facts = found.map(
    (row): GroupMemberFact => ({
      id: row.id,
      groupId: row.groupId,
      member: { kind: row.kind, id: row.memberId },
      since: row.since,
    }),
  );
  const groupIds = new Set(facts.map((fact) => fact.groupId));
  const known =
    groupIds.size === 0
      ? []
      : await rows<GroupFact>(
          ctx.db,
          sql`select g.id::int as id, g.kind, g.name, g.tenant_id::int as "tenantId", g.vanished_at is not null as vanished
              from ${groups} g where g.id = any(${idArray(groupIds)}) order by g.id`,
        );
  const byHolder = groupBy(facts, (fact) => `${fact.member.kind}:${fact.member.id}`);
  return {
    groups: known,
    nestings: facts.filter((fact) => fact.member.kind === "group"),
    of: (kind: HolderKind, id: number | null) => byHolder.get(`${kind}:${id}`) ?? [],
  };
}

async function loadFilters(ctx: ServiceContext, holders: Holders): Promise<Map<number, FilterFact[]>> {
  const found = await rows<FilterFact & { computerId: number }>(
    ctx.db,
    sql`select m.computer_id::int as "computerId", f.id::int as "filterId", f.kind, f.name, f.tenant_id::int as "tenantId"
        from ${filterMembers} m join ${filters} f on f.id = m.filter_id
        where m.computer_id = any(${holders.computers}) order by f.id`,
  );
  return groupBy(found, (row) => row.computerId);
}

async function loadTenantNames(ctx: ServiceContext, ids: ReadonlySet<number>): Promise<Map<number, string>> {
  const found = await rows<{ id: number; name: string }>(
    ctx.db,
    sql`select t.id::int as id, t.name from ${tenants} t where t.id = any(${idArray(ids)})`,
  );
  return new Map(found.map((row) => [row.id, row.name]));
}

function groupBy<Row, Key>(found: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const grouped = new Map<Key, Row[]>();
  for (const row of found) {
    const list = grouped.get(keyOf(row));
    if (list) list.push(row);
    else grouped.set(keyOf(row), [row]);
  }
  return grouped;
}
