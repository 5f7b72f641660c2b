import { z } from "zod";
import { people } from "@/db/schema";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { createPerson } from "../people/create-person";
import { updateTenant } from "../tenants/update-tenant";

const inputSchema = z.strictObject({ tenantId: z.number().int().positive() });

/**
 * Gives the first customer somebody to be told of maintenance, so that a first session shows what its user would get.
 * The address is one that mail can never reach. Once anybody is known, it does nothing.
 */
export async function ensureFirstContact({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.infer<typeof inputSchema>;
}): Promise<void> {
  authorizeSystem(ctx);
  const { tenantId } = inputSchema.parse(raw);
  const known = await ctx.db.select({ id: people.id }).from(people).limit(1);
  if (known.length > 0) return;
  const email = "first.user@first-customer.example";
  const person = await createPerson({ ctx, input: { tenantId, upn: email, email, displayName: "First user" } });
  await updateTenant({ ctx, input: { id: tenantId, contactPersonIds: [person.id] } });
}
