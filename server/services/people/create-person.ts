import { z } from "zod";
import { people } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeTenant } from "../authorize";
import { databaseErrorCode, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { personFields, upn } from "./person-fields";

export const createPersonInput = z.strictObject({
  tenantId: z.number().int().positive(),
  upn,
  displayName: personFields.displayName,
  email: personFields.email.default(null),
  language: personFields.language.default(null),
  timeZone: personFields.timeZone.default(null),
});

/** Adds a person by hand, where no directory is linked. */
export async function createPerson({ ctx, input: raw }: Call<typeof createPersonInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const input = parseInput(createPersonInput, raw);
  try {
    return await withTransaction(ctx, async (tx) => {
      await authorizeTenant(tx, input.tenantId);
      const [person] = await tx.db
        .insert(people)
        .values({ ...input, createdAt: tx.clock.now() })
        .returning();
      if (!person) throw new Error("A person was inserted and not returned");
      await audit(tx, {
        action: "person.create",
        entity: "person",
        entityId: person.id,
        tenantId: person.tenantId,
        before: null,
        after: person,
      });
      return { id: person.id };
    });
  } catch (error) {
    if (databaseErrorCode(error) !== "23505") throw error;
    throw new ServiceError("conflict", `The tenant already has a person with the UPN ${input.upn}.`, {
      upn: "is taken in this tenant",
    });
  }
}
