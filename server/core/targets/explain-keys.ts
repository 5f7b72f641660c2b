import { claimAgreements } from "./agreements";
import { type Claim, type Holder, keysFromClaims } from "./claims";
import { claimGroups } from "./groups";
import { computerKey, filterKey, personKey, tagKey, tenantTagKey } from "./keys";
import type { ComputerKeys, FilterFact, MembershipFacts, TagFact, TargetKeyEvidence, TenantFacts } from "./types";

/** The keys a computer holds, and the near misses: opted out, ended, not begun, another tenant's. */
export function explainComputerKeys(facts: MembershipFacts): ComputerKeys {
  const { computer, primaryPerson } = facts;
  const holder: Holder = {
    tenantId: computer.tenantId,
    tenantAncestorIds: computer.tenantAncestorIds,
    tenantName: facts.tenantNames.get(computer.tenantId) ?? `tenant ${computer.tenantId}`,
    optsOutOfCrossTenant: facts.optsOutOfCrossTenant,
  };
  const individual: TargetKeyEvidence[] = [
    {
      key: computerKey(computer.id),
      sentence: `This is ${computer.name} itself.`,
      source: { table: "computers", id: computer.id },
    },
  ];
  if (primaryPerson !== null) {
    individual.push({
      key: personKey(primaryPerson.id),
      sentence: `${primaryPerson.name} is its primary person.`,
      source: { table: "people", id: primaryPerson.id },
    });
  }
  return keysFromClaims(
    individual,
    [
      claimTenant(holder, "This computer is"),
      ...facts.tags.flatMap((tag) => claimTag(tag, facts.primaryPerson?.name ?? "its primary person", holder)),
      ...claimGroups(facts, holder),
      ...facts.filters.map((filter) => claimFilter(filter, holder)),
      ...claimAgreements(facts.agreements, holder),
    ],
    holder,
  );
}

/** The keys a tenant holds as what cloud tasks apply to. */
export function explainTenantKeys(facts: TenantFacts): ComputerKeys {
  const holder: Holder = {
    tenantId: facts.tenant.id,
    tenantAncestorIds: facts.tenant.ancestorIds,
    tenantName: facts.tenant.name,
    optsOutOfCrossTenant: facts.optsOutOfCrossTenant,
  };
  const claims = [
    claimTenant(holder, "This is"),
    ...facts.tags.flatMap((tag) => (tag.on === "tenant" ? claimTag(tag, "", holder) : [])),
    ...claimAgreements(facts.agreements, holder),
  ];
  return keysFromClaims([], claims, holder, "cloud");
}

const claimTenant = (holder: Holder, subject: string): Claim => ({
  membership: "",
  inTenant: true,
  acrossTenants: true,
  sentence: subject === "This is" ? `This is ${holder.tenantName}.` : `${subject} at ${holder.tenantName}.`,
  source: { table: "tenants", id: holder.tenantId },
  missedBecause: null,
});

const isForeign = (tenantId: number | null, holder: Holder): boolean =>
  tenantId !== null && !holder.tenantAncestorIds.includes(tenantId);

/** A tag on the computer, its tenant or its primary person; on its tenant it is a tenant tag as well. */
function claimTag(tag: TagFact, personName: string, holder: Holder): Claim[] {
  const where = { computer: "this computer", tenant: holder.tenantName, person: personName }[tag.on];
  const claim: Claim = {
    membership: tagKey(tag.tagId),
    inTenant: true,
    acrossTenants: true,
    sentence: `The tag ${tag.tagName} is on ${where}.`,
    source: { table: "tag_assignments", id: tag.assignmentId },
    missedBecause: isForeign(tag.tagTenantId, holder) ? `The tag ${tag.tagName} is another tenant's.` : null,
  };
  if (tag.on !== "tenant") return [claim];
  return [claim, { ...claim, membership: tenantTagKey(tag.tagId), inTenant: false }];
}

const claimFilter = (filter: FilterFact, holder: Holder): Claim => ({
  membership: filterKey(filter.kind, filter.filterId),
  inTenant: true,
  acrossTenants: true,
  sentence: `The ${filter.kind === "metascript" ? "metascript" : "filter"} ${filter.name} finds this computer.`,
  source: { table: "filters", id: filter.filterId },
  missedBecause: isForeign(filter.tenantId, holder) ? `The filter ${filter.name} is another tenant's.` : null,
});
