import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { tenants } from "@/db/schema";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";
import { createTenant } from "./create-tenant";
import { lockTenantTree, tenantName, timeZone } from "./tenant-fields";

export const ensureFirstTenantsInput = z.strictObject({
  mspName: tenantName.default("My company"),
  customerName: tenantName.default("First customer"),
  timeZone: timeZone.default("UTC"),
});

/** Makes the MSP and a first customer where there are none. Doing it again does nothing and gives the same ids. */
export async function ensureFirstTenants({
  ctx,
  input: raw,
}: Call<typeof ensureFirstTenantsInput>): Promise<{ mspTenantId: number; customerTenantId: number }> {
  authorizeSystem(ctx);
  const input = parseInput(ensureFirstTenantsInput, raw);
  return withTransaction(ctx, async (tx) => {
    await lockTenantTree(tx);
    const mspTenantId = await ensureMsp(tx, input);
    const [customer] = await tx.db
      .select({ id: tenants.id })
      .from(tenants)
      .where(eq(tenants.kind, "customer"))
      .orderBy(tenants.id)
      .limit(1);
    if (customer) return { mspTenantId, customerTenantId: customer.id };
    const created = await createTenant({
      ctx: tx,
      input: { parentId: mspTenantId, name: input.customerName, timeZone: input.timeZone },
    });
    return { mspTenantId, customerTenantId: created.id };
  });
}

async function ensureMsp(tx: TransactionContext, input: { mspName: string; timeZone: string }): Promise<number> {
  const [existing] = await tx.db.select({ id: tenants.id }).from(tenants).where(eq(tenants.kind, "msp"));
  if (existing) return existing.id;
  const [created] = await tx.db
    .insert(tenants)
    .values({ kind: "msp", name: input.mspName, slug: "msp", timeZone: input.timeZone, createdAt: tx.clock.now() })
    .returning();
  if (!created) throw new Error("The MSP was inserted and not returned");
  await tx.db
    .update(tenants)
    .set({ ancestorIds: sql`array[${created.id}::bigint]` })
    .where(eq(tenants.id, created.id));
  await audit(tx, {
    action: "tenant.create",
    entity: "tenant",
    entityId: created.id,
    tenantId: null,
    before: null,
    after: created,
  });
  return created.id;
}
