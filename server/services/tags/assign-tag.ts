import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { computers, people, tagAssignments, tenants } from "@/db/schema";
import { audit } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";
import { requireTag } from "./require-tag";

const holders = {
  computer: { table: computers, tenantId: computers.tenantId, column: tagAssignments.computerId, field: "computerId" },
  tenant: { table: tenants, tenantId: tenants.id, column: tagAssignments.tenantId, field: "tenantId" },
  person: { table: people, tenantId: people.tenantId, column: tagAssignments.personId, field: "personId" },
} as const;

export const assignTagInput = z.strictObject({
  id: z.number().int().positive(),
  holder: z.enum(["computer", "tenant", "person"]),
  holderIds: z.array(z.number().int().positive()).min(1, "name at least one").max(1_000),
  /** False takes it off. */
  assigned: z.boolean(),
});

/** Puts a tag on computers, tenants or people, or takes it off. Doing it again changes nothing. */
export async function assignTag({ ctx, input: raw }: Call<typeof assignTagInput>): Promise<{ changed: number }> {
  authorize(ctx, "operate");
  const input = parseInput(assignTagInput, raw);
  return withTransaction(ctx, async (tx) => {
    const tag = await requireTag(tx, input.id);
    const tenantIdOf = await requireHolders(tx, input.holder, [...new Set(input.holderIds)]);
    if (tag.tenantId !== null) await refuseOthersHolders(tx, tag.tenantId, [...new Set(tenantIdOf.values())]);
    const changed = input.assigned
      ? await put(tx, tag.id, input.holder, [...tenantIdOf.keys()])
      : await takeOff(tx, tag.id, input.holder, [...tenantIdOf.keys()]);
    for (const tenantId of new Set(changed.map((id) => tenantIdOf.get(id) ?? null))) {
      const holderIds = changed.filter((id) => tenantIdOf.get(id) === tenantId);
      await audit(tx, {
        action: input.assigned ? "tag.assign" : "tag.unassign",
        entity: "tag",
        entityId: tag.id,
        tenantId,
        before: null,
        after: { tag: tag.name, holder: input.holder, holderIds },
      });
    }
    return { changed: changed.length };
  });
}

type Holder = keyof typeof holders;

async function requireHolders(tx: TransactionContext, holder: Holder, ids: number[]): Promise<Map<number, number>> {
  const { table, tenantId } = holders[holder];
  const found = await tx.db
    .select({ id: table.id, tenantId: sql<number>`${tenantId}`.mapWith(Number) })
    .from(table)
    .where(and(inArray(table.id, ids), inVisibleTenants(tx, tenantId)));
  if (found.length !== ids.length) throw notFound(`One of the ${holder === "person" ? "people" : `${holder}s`}`);
  return new Map(found.map((row) => [row.id, row.tenantId]));
}

/** A tenant's own tag stays within that tenant and what is below it. */
async function refuseOthersHolders(tx: TransactionContext, tagTenantId: number, tenantIds: number[]): Promise<void> {
  const within = await tx.db
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(inArray(tenants.id, tenantIds), inVisibleTenants(tx, tenants.id, tagTenantId)));
  if (within.length !== tenantIds.length) {
    throw new ServiceError("conflict", "That tag belongs to one tenant and cannot be used outside it.");
  }
}

async function put(tx: TransactionContext, tagId: number, holder: Holder, ids: number[]): Promise<number[]> {
  const { field, column } = holders[holder];
  const assignedAt = tx.clock.now();
  const added = await tx.db
    .insert(tagAssignments)
    .values(ids.map((id) => ({ tagId, assignedAt, [field]: id })))
    .onConflictDoNothing()
    .returning({ id: column });
  return added.flatMap((row) => (row.id === null ? [] : [row.id]));
}

async function takeOff(tx: TransactionContext, tagId: number, holder: Holder, ids: number[]): Promise<number[]> {
  const { column } = holders[holder];
  const removed = await tx.db
    .delete(tagAssignments)
    .where(and(eq(tagAssignments.tagId, tagId), inArray(column, ids)))
    .returning({ id: column });
  return removed.flatMap((row) => (row.id === null ? [] : [row.id]));
}
