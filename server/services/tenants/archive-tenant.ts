import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { computers, tenants } from "@/db/schema";
import { audit } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { lockTenantTree } from "./tenant-fields";

export const archiveTenantInput = z.strictObject({
  id: z.number().int().positive(),
  /** The tenant's name, typed by the person who archives it. */
  confirmedName: z.string().max(200),
});

/** Takes a tenant out of use. What it still holds must be archived or moved first. */
export async function archiveTenant({ ctx, input: raw }: Call<typeof archiveTenantInput>): Promise<{ id: number }> {
  authorize(ctx, "administer");
  const input = parseInput(archiveTenantInput, raw);
  return withTransaction(ctx, async (tx) => {
    await lockTenantTree(tx);
    const [before] = await tx.db
      .select()
      .from(tenants)
      .where(and(eq(tenants.id, input.id), inVisibleTenants(tx, tenants.id)));
    if (!before) throw notFound("That tenant");
    if (before.kind === "msp") throw new ServiceError("conflict", "The service provider itself cannot be archived.");
    if (before.name !== input.confirmedName.trim()) {
      throw new ServiceError("bad-input", `Type the tenant's name, “${before.name}”, to archive it.`, {
        confirmedName: "is not the tenant's name",
      });
    }
    const [held] = await tx.db
      .select({
        children: sql<number>`(select count(*)::int from ${tenants} c where c.parent_id = ${input.id} and c.archived_at is null)`,
        machines: sql<number>`count(*)::int`,
      })
      .from(computers)
      .where(and(eq(computers.tenantId, input.id), ne(computers.status, "archived")));
    if (held && held.children > 0) {
      throw new ServiceError(
        "conflict",
        `${before.name} has ${countOf(held.children, "tenant")} below it; archive or move ${held.children === 1 ? "it" : "them"} first.`,
      );
    }
    if (held && held.machines > 0) {
      throw new ServiceError(
        "conflict",
        `${before.name} has ${countOf(held.machines, "computer")}; archive or move ${held.machines === 1 ? "it" : "them"} first.`,
      );
    }
    const [after] = await tx.db
      .update(tenants)
      .set({ archivedAt: tx.clock.now() })
      .where(and(eq(tenants.id, input.id), isNull(tenants.archivedAt)))
      .returning();
    if (!after) return { id: input.id };
    await audit(tx, {
      action: "tenant.archive",
      entity: "tenant",
      entityId: input.id,
      tenantId: input.id,
      before,
      after,
    });
    return { id: input.id };
  });
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
