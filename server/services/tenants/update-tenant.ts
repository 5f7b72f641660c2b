import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { people, tenantContacts, tenants } from "@/db/schema";
import { audit } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";
import { kindBelow, lockTenantTree, refuseArchivedParent, tenantName, timeZone } from "./tenant-fields";

export const updateTenantInput = z.strictObject({
  id: z.number().int().positive(),
  name: tenantName.optional(),
  timeZone: timeZone.optional(),
  optsOutOfCrossTenant: z.boolean().optional(),
  /** Moves it, with everything below it. */
  parentId: z.number().int().positive().optional(),
  /** Who is told when a computer has no primary person. */
  contactPersonIds: z.array(z.number().int().positive()).max(50).optional(),
});

/** Renames, moves or configures a tenant. */
export async function updateTenant({ ctx, input: raw }: Call<typeof updateTenantInput>): Promise<{ id: number }> {
  authorize(ctx, "administer");
  const input = parseInput(updateTenantInput, raw);
  return withTransaction(ctx, async (tx) => {
    await lockTenantTree(tx);
    const before = await load(tx, input.id);
    if (input.parentId !== undefined && input.parentId !== before.parentId) await move(tx, before, input.parentId);
    if (input.contactPersonIds !== undefined) await setContacts(tx, before, input.contactPersonIds);
    const { name, timeZone, optsOutOfCrossTenant } = input;
    if (name !== undefined || timeZone !== undefined || optsOutOfCrossTenant !== undefined) {
      await tx.db.update(tenants).set({ name, timeZone, optsOutOfCrossTenant }).where(eq(tenants.id, input.id));
    }
    await audit(tx, {
      action: "tenant.update",
      entity: "tenant",
      entityId: input.id,
      tenantId: input.id,
      before,
      after: await load(tx, input.id),
    });
    return { id: input.id };
  });
}

async function load(tx: TransactionContext, id: number) {
  const [tenant] = await tx.db
    .select()
    .from(tenants)
    .where(and(eq(tenants.id, id), inVisibleTenants(tx, tenants.id)));
  if (!tenant) throw notFound("That tenant");
  const contacts = await tx.db
    .select({ personId: tenantContacts.personId })
    .from(tenantContacts)
    .where(eq(tenantContacts.tenantId, id))
    .orderBy(tenantContacts.personId);
  return { ...tenant, contactPersonIds: contacts.map((contact) => contact.personId) };
}

async function move(tx: TransactionContext, tenant: typeof tenants.$inferSelect, parentId: number): Promise<void> {
  if (tenant.kind === "msp") throw new ServiceError("conflict", "The service provider itself is the root of the tree.");
  const parent = await load(tx, parentId);
  refuseArchivedParent(parent);
  if (parent.ancestorIds.includes(tenant.id)) {
    throw new ServiceError(
      "conflict",
      `${parent.name} is below ${tenant.name}; a tenant cannot be moved below itself.`,
      {
        parentId: "is below this tenant",
      },
    );
  }
  await tx.db
    .update(tenants)
    .set({ parentId, kind: kindBelow(parent.kind) })
    .where(eq(tenants.id, tenant.id));
  await tx.db
    .update(tenants)
    .set({
      ancestorIds: sql`${tenants.ancestorIds}[1:array_position(${tenants.ancestorIds}, ${tenant.id}::bigint)] || (select p.ancestor_ids from ${tenants} p where p.id = ${parentId})`,
    })
    .where(sql`${tenants.ancestorIds} @> array[${tenant.id}::bigint]`);
}

async function setContacts(tx: TransactionContext, tenant: { id: number; name: string }, personIds: number[]) {
  const wanted = [...new Set(personIds)];
  if (wanted.length > 0) {
    const found = await tx.db
      .select({ id: people.id })
      .from(people)
      .innerJoin(tenants, eq(tenants.id, people.tenantId))
      .where(and(inArray(people.id, wanted), inVisibleTenants(tx, people.tenantId)));
    if (found.length !== wanted.length) throw notFound("One of the people to notify");
  }
  await tx.db.delete(tenantContacts).where(eq(tenantContacts.tenantId, tenant.id));
  if (wanted.length > 0) {
    await tx.db.insert(tenantContacts).values(wanted.map((personId) => ({ tenantId: tenant.id, personId })));
  }
}
