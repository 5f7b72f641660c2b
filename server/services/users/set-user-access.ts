import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { userRoles, users } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeAllTenants, authorizeTenant } from "../authorize";
import { notFound, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";

export const setUserAccessInput = z
  .strictObject({
    id: z.number().int().positive(),
    role: z.enum(userRoles),
    /** The root of what a tenant role may see; null for MSP roles. */
    tenantId: z.number().int().positive().nullable(),
    disabled: z.boolean(),
  })
  .refine((input) => input.role.startsWith("tenant-") === (input.tenantId !== null), {
    path: ["tenantId"],
    message: "a tenant role needs a tenant, and an MSP role has none",
  });

/** Sets what a user may do. It holds from their next request on. At least one MSP administrator always remains. */
export async function setUserAccess({ ctx, input: raw }: Call<typeof setUserAccessInput>): Promise<{ id: number }> {
  authorize(ctx, "administer");
  authorizeAllTenants(ctx);
  const input = parseInput(setUserAccessInput, raw);
  return withTransaction(ctx, async (tx) => {
    if (input.tenantId !== null) await authorizeTenant(tx, input.tenantId);
    const administrators = await tx.db
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.role, "msp-admin"), isNull(users.disabledAt)))
      .orderBy(users.id)
      .for("update");
    const [before] = await tx.db.select().from(users).where(eq(users.id, input.id)).for("update");
    if (!before) throw notFound("That user");
    const staysAdministrator = input.role === "msp-admin" && !input.disabled;
    if (!staysAdministrator && administrators.length === 1 && administrators[0]?.id === input.id) {
      throw new ServiceError("conflict", "This is the only MSP administrator; make someone else one first.");
    }
    const [after] = await tx.db
      .update(users)
      .set({
        role: input.role,
        tenantId: input.tenantId,
        disabledAt: input.disabled
          ? sql`coalesce(${users.disabledAt}, ${tx.clock.now().toISOString()}::timestamptz)`
          : null,
      })
      .where(eq(users.id, input.id))
      .returning();
    await audit(tx, {
      action: "user.set-access",
      entity: "user",
      entityId: input.id,
      tenantId: null,
      before,
      after,
    });
    return { id: input.id };
  });
}
