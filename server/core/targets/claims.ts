import { ALL_KEY, cloudKey, tenantKey, tenantTreeKey } from "./keys";
import type { ComputerKeys, TargetKeyEvidence } from "./types";

/** A membership before it becomes keys: one fact that puts a computer (or a tenant) somewhere, or nearly does. */
export interface Claim {
  /** `tag:3`, `group:12`; empty for being at the tenant at all. */
  readonly membership: string;
  /** Which targets can state it: those of one tenant, those across tenants. */
  readonly inTenant: boolean;
  readonly acrossTenants: boolean;
  readonly sentence: string;
  readonly source: { readonly table: string; readonly id: number };
  readonly from?: string | null;
  readonly until?: string | null;
  /** Why it does not count. */
  readonly missedBecause: string | null;
}

/** Whom the claims are about. */
export interface Holder {
  readonly tenantId: number;
  /** Its tenant first, then up to the MSP. */
  readonly tenantAncestorIds: readonly number[];
  readonly tenantName: string;
  readonly optsOutOfCrossTenant: boolean;
}

interface Judged {
  readonly evidence: TargetKeyEvidence;
  readonly missed: boolean;
}

const evidenceOf = (claim: Claim, key: string, missedBecause: string | null): Judged => ({
  evidence: {
    key,
    sentence: missedBecause ?? claim.sentence,
    source: claim.source,
    ...(claim.from === undefined ? {} : { from: claim.from }),
    ...(claim.until === undefined ? {} : { until: claim.until }),
  },
  missed: missedBecause !== null,
});

function* keysOfClaim(claim: Claim, holder: Holder): Generator<Judged> {
  if (claim.inTenant) {
    yield evidenceOf(claim, tenantKey(holder.tenantId, claim.membership), claim.missedBecause);
    for (const ancestorId of new Set([holder.tenantId, ...holder.tenantAncestorIds])) {
      yield evidenceOf(claim, tenantTreeKey(ancestorId, claim.membership), claim.missedBecause);
    }
  }
  if (claim.acrossTenants) {
    const optedOut = holder.optsOutOfCrossTenant
      ? `${holder.tenantName} has opted out of deployments across tenants.`
      : null;
    yield evidenceOf(claim, claim.membership === "" ? ALL_KEY : claim.membership, claim.missedBecause ?? optedOut);
  }
}

/** Individual keys, and every key the claims lead to; one entry a key, by key. */
export function keysFromClaims(
  individual: readonly TargetKeyEvidence[],
  claims: readonly Claim[],
  holder: Holder,
  prefix: "" | "cloud" = "",
): ComputerKeys {
  const held = new Map<string, TargetKeyEvidence[]>();
  const missed = new Map<string, TargetKeyEvidence[]>();
  const add = (map: Map<string, TargetKeyEvidence[]>, evidence: TargetKeyEvidence) => {
    const key = prefix === "cloud" ? cloudKey(evidence.key) : evidence.key;
    const list = map.get(key) ?? [];
    list.push({ ...evidence, key });
    map.set(key, list);
  };
  for (const evidence of individual) add(held, evidence);
  for (const claim of claims) {
    for (const judged of keysOfClaim(claim, holder)) add(judged.missed ? missed : held, judged.evidence);
  }
  for (const key of held.keys()) missed.delete(key);
  return { held: merge(held), missed: merge(missed) };
}

/** What holds longest speaks for the key; the rest stays visible beside it. */
function merge(byKey: ReadonlyMap<string, TargetKeyEvidence[]>): TargetKeyEvidence[] {
  return [...byKey.values()]
    .map((list): TargetKeyEvidence | undefined => {
      const [first, ...further] = list.toSorted(compareEvidence);
      if (first === undefined || further.length === 0) return first;
      return { ...first, further: further.map(({ key: _key, further: _further, ...rest }) => rest) };
    })
    .filter((evidence) => evidence !== undefined)
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

const tableOrder = ["computers", "people", "tenants"];

function compareEvidence(a: TargetKeyEvidence, b: TargetKeyEvidence): number {
  const [untilA, untilB] = [a.until ?? "9999-12-31", b.until ?? "9999-12-31"];
  if (untilA !== untilB) return untilA > untilB ? -1 : 1;
  const [tableA, tableB] = [tableOrder.indexOf(a.source.table), tableOrder.indexOf(b.source.table)];
  if (tableA !== tableB) return tableA - tableB;
  if (a.source.table !== b.source.table) return a.source.table < b.source.table ? -1 : 1;
  return a.source.id - b.source.id;
}
