import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { tenants } from "@/db/schema";
import { audit } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import {
  freeSlug,
  kindBelow,
  lockTenantTree,
  refuseArchivedParent,
  slugify,
  tenantName,
  timeZone,
} from "./tenant-fields";

export const createTenantInput = z.strictObject({
  parentId: z.number().int().positive(),
  name: tenantName,
  timeZone,
  optsOutOfCrossTenant: z.boolean().default(false),
});

/** Adds a customer below the MSP, or a site below a customer. */
export async function createTenant({ ctx, input: raw }: Call<typeof createTenantInput>): Promise<{ id: number }> {
  authorize(ctx, "administer");
  const input = parseInput(createTenantInput, raw);
  return withTransaction(ctx, async (tx) => {
    await lockTenantTree(tx);
    const [parent] = await tx.db
      .select()
      .from(tenants)
      .where(and(eq(tenants.id, input.parentId), inVisibleTenants(tx, tenants.id)));
    if (!parent) throw notFound("The tenant above");
    refuseArchivedParent(parent);
    const [created] = await tx.db
      .insert(tenants)
      .values({
        parentId: parent.id,
        kind: kindBelow(parent.kind),
        name: input.name,
        slug: await freeSlug(tx, slugify(input.name)),
        timeZone: input.timeZone,
        optsOutOfCrossTenant: input.optsOutOfCrossTenant,
        createdAt: tx.clock.now(),
      })
      .returning();
    if (!created) throw new Error("A tenant was inserted and not returned");
    const [tenant] = await tx.db
      .update(tenants)
      .set({
        ancestorIds: sql`array_prepend(${created.id}::bigint, (select p.ancestor_ids from ${tenants} p where p.id = ${parent.id}))`,
      })
      .where(eq(tenants.id, created.id))
      .returning();
    await audit(tx, {
      action: "tenant.create",
      entity: "tenant",
      entityId: created.id,
      tenantId: created.id,
      before: null,
      after: tenant,
    });
    return { id: created.id };
  });
}
