import { z } from "zod";
import { tags } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeAllTenants, authorizeTenant } from "../authorize";
import { databaseErrorCode, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";

export const createTagInput = z.strictObject({
  name: z.string().trim().min(1, "is missing").max(60),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, "is not a colour like #1f6feb")
    .nullable()
    .default(null),
  /** Null: a tag of the MSP, usable everywhere. */
  tenantId: z.number().int().positive().nullable().default(null),
});

export async function createTag({ ctx, input: raw }: Call<typeof createTagInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const input = parseInput(createTagInput, raw);
  try {
    return await withTransaction(ctx, async (tx) => {
      if (input.tenantId === null) authorizeAllTenants(tx);
      else await authorizeTenant(tx, input.tenantId);
      const [tag] = await tx.db
        .insert(tags)
        .values({ ...input, createdAt: tx.clock.now() })
        .returning();
      if (!tag) throw new Error("A tag was inserted and not returned");
      await audit(tx, {
        action: "tag.create",
        entity: "tag",
        entityId: tag.id,
        tenantId: tag.tenantId,
        before: null,
        after: tag,
      });
      return { id: tag.id };
    });
  } catch (error) {
    if (databaseErrorCode(error) !== "23505") throw error;
    throw new ServiceError("conflict", `There is a tag “${input.name}” already.`, { name: "is taken" });
  }
}
