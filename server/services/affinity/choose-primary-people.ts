import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { affinityChanges, computers, people, upnSightings } from "@/db/schema";
import { choosePrimaryPerson, UPNS_COUNTED } from "@/server/core/affinity";
import { audit } from "../audit";
import type { TransactionContext } from "../transaction";

interface Change {
  readonly computerId: number;
  readonly tenantId: number;
  readonly fromPersonId: number | null;
  readonly toPersonId: number | null;
  /** The UPNs that caused it, newest first. */
  readonly upns: readonly string[];
  readonly sentence: string;
}

/**
 * Decides anew who the primary people of these computers are, from the UPNs last seen on them (domain page, chapter 4),
 * and keeps what changed with the UPNs that caused it: a handful of statements for all of them, and one audit entry for
 * each tenant. Pinned ones stay, and so do those of computers on which no UPN was seen yet.
 * @returns the ids of the computers whose primary person changed.
 */
export async function choosePrimaryPeople(
  tx: TransactionContext,
  computerIds: readonly number[],
): Promise<readonly number[]> {
  const changes = await findChanges(tx, [...new Set(computerIds)]);
  if (changes.length === 0) return [];
  const asJson = JSON.stringify(changes.map(({ computerId: id, toPersonId: person }) => ({ id, person })));
  await tx.db
    .update(computers)
    .set({ primaryPersonId: sql`new.person` })
    .from(sql`jsonb_to_recordset(${asJson}::jsonb) as new(id bigint, person bigint)`)
    .where(sql`${computers.id} = new.id`);
  const changedAt = tx.clock.now();
  await tx.db.insert(affinityChanges).values(
    changes.map(({ computerId, fromPersonId, toPersonId, upns }) => ({
      computerId,
      fromPersonId,
      toPersonId,
      upns: [...upns],
      changedAt,
    })),
  );
  await auditChanges(tx, changes);
  for (const { computerId } of changes) tx.signal({ channel: "presence", computerId });
  return changes.map(({ computerId }) => computerId);
}

async function findChanges(tx: TransactionContext, computerIds: readonly number[]): Promise<Change[]> {
  if (computerIds.length === 0) return [];
  // Locked, so that a person who pins meanwhile is obeyed; in one order, so that two batches never wait for each other.
  const unpinned = await tx.db
    .select({ id: computers.id, tenantId: computers.tenantId, personId: computers.primaryPersonId })
    .from(computers)
    .where(and(inArray(computers.id, [...computerIds]), eq(computers.primaryPersonPinned, false)))
    .orderBy(computers.id)
    .for("no key update");
  const sightings = await tx.db
    .select({ computerId: upnSightings.computerId, upn: upnSightings.upn })
    .from(upnSightings)
    .where(
      inArray(
        upnSightings.computerId,
        unpinned.map(({ id }) => id),
      ),
    )
    .orderBy(desc(upnSightings.seenAt), desc(upnSightings.id));
  const upnsOf = groupBy(sightings, ({ computerId }) => computerId);
  const candidates = await findPeople(
    tx,
    unpinned.map(({ tenantId }) => tenantId),
    sightings.map(({ upn }) => upn),
  );
  const peopleOf = groupBy(candidates, ({ tenantId }) => tenantId);
  return unpinned.flatMap(({ id, tenantId, personId }) => {
    const upns = (upnsOf.get(id) ?? []).slice(0, UPNS_COUNTED).map(({ upn }) => upn);
    const choice = choosePrimaryPerson({ upns, people: peopleOf.get(tenantId) ?? [], pinned: null });
    if (upns.length === 0 || choice.personId === personId) return [];
    return [
      {
        computerId: id,
        tenantId,
        fromPersonId: personId,
        toPersonId: choice.personId,
        upns: choice.counted,
        sentence: choice.sentence,
      },
    ];
  });
}

/** People of these tenants who have one of these UPNs; who has left is nobody's primary person. */
async function findPeople(tx: TransactionContext, tenantIds: readonly number[], upns: readonly string[]) {
  const folded = [...new Set(upns.map((upn) => upn.trim().toLowerCase()))];
  if (folded.length === 0) return [];
  return tx.db
    .select({ id: people.id, tenantId: people.tenantId, upn: people.upn })
    .from(people)
    .where(
      and(
        inArray(people.tenantId, [...new Set(tenantIds)]),
        sql`lower(${people.upn}) in (select value from jsonb_array_elements_text(${JSON.stringify(folded)}::jsonb))`,
        isNull(people.archivedAt),
      ),
    )
    .orderBy(people.id);
}

/** One entry for one computer; for many, one for each tenant with all of its computers. */
async function auditChanges(tx: TransactionContext, changes: readonly Change[]): Promise<void> {
  const byTenant = groupBy(changes, ({ tenantId }) => tenantId);
  for (const [tenantId, ofTenant] of [...byTenant].sort(([a], [b]) => a - b)) {
    const ids = ofTenant.map(({ computerId }) => computerId);
    await audit(tx, {
      action: "computer.primary-person",
      entity: "computer",
      entityId: ids.length === 1 ? (ids[0] ?? 0) : `${ids[0]}…${ids.at(-1)}`,
      tenantId,
      before: ofTenant.map(({ computerId, fromPersonId }) => ({ computerId, primaryPersonId: fromPersonId })),
      after: ofTenant.map(({ computerId, toPersonId, upns, sentence }) => ({
        computerId,
        primaryPersonId: toPersonId,
        upns,
        sentence,
      })),
    });
  }
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
