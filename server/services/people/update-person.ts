import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { people } from "@/db/schema";
import { audit } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { personFields } from "./person-fields";

export const updatePersonInput = z.strictObject({
  id: z.number().int().positive(),
  displayName: personFields.displayName.optional(),
  email: personFields.email.optional(),
  language: personFields.language.optional(),
  timeZone: personFields.timeZone.optional(),
  archived: z.boolean().optional(),
});

/** Changes how a person is called and reached. The UPN identifies them and stays. */
export async function updatePerson({ ctx, input: raw }: Call<typeof updatePersonInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id, archived, ...fields } = parseInput(updatePersonInput, raw);
  return withTransaction(ctx, async (tx) => {
    const [before] = await tx.db
      .select()
      .from(people)
      .where(and(eq(people.id, id), inVisibleTenants(tx, people.tenantId)));
    if (!before) throw notFound("That person");
    const archivedAt = archived === undefined ? before.archivedAt : archived ? tx.clock.now() : null;
    const [after] = await tx.db
      .update(people)
      .set({ ...fields, archivedAt })
      .where(eq(people.id, id))
      .returning();
    await audit(tx, {
      action: "person.update",
      entity: "person",
      entityId: id,
      tenantId: before.tenantId,
      before,
      after,
    });
    return { id };
  });
}
