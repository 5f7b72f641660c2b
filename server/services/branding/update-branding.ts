import { eq } from "drizzle-orm";
import { z } from "zod";
import { brandings } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeTenant } from "../authorize";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { readBranding, type TenantBranding } from "./read-branding";

const text = (longest: number) => z.string().trim().min(1).max(longest).nullable();
const input = z
  .strictObject({
    tenantId: z.number().int(),
    companyName: text(120),
    logoUrl: z
      .url({ protocol: /^https$/, message: "The logo needs an address that starts with https://." })
      .max(2000)
      .nullable(),
    accentColor: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/, "The colour needs the form #rrggbb, for example #5b46a8.")
      .transform((color) => color.toLowerCase())
      .nullable(),
    senderName: text(120),
    senderAddress: z.email("That is not an e-mail address.").max(254).nullable(),
    supportContact: text(300),
    footer: text(1000),
    validFrom: z.date().nullable(),
    validTo: z.date().nullable(),
  })
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom < validTo, {
    path: ["validTo"],
    message: "The last day is before the first.",
  });

/** Sets a tenant's own branding as a whole; a field that is null comes from the tenant above. */
export async function updateBranding({ ctx, input: raw }: Call<typeof input>): Promise<TenantBranding> {
  authorize(ctx, "administer");
  const { tenantId, ...own } = parseInput(input, raw);
  return withTransaction(ctx, async (tx) => {
    await authorizeTenant(tx, tenantId);
    const [before] = await tx.db.select().from(brandings).where(eq(brandings.tenantId, tenantId)).for("update");
    await tx.db
      .insert(brandings)
      .values({ tenantId, ...own })
      .onConflictDoUpdate({ target: brandings.tenantId, set: own });
    await audit(tx, {
      action: "branding.update",
      entity: "branding",
      entityId: tenantId,
      tenantId,
      before: before ?? null,
      after: { tenantId, ...own },
    });
    return readBranding(tx, tenantId);
  });
}
