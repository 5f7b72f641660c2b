import { z } from "zod";
import { authorize, authorizeTenant } from "../authorize";
import type { ServiceContext } from "../context";

const input = z.strictObject({
  tenantId: z.number().int(),
  recipient: z.email("That is not an e-mail address.").max(254),
  language: z.enum(["en", "de"]).default("en"),
});

/** Sends a sample of the mail before maintenance in a tenant's branding; its buttons lead nowhere. */
export async function sendTestEmail({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.input<typeof input>;
}): Promise<{ emailId: string; status: string }> {
  authorize(ctx, "administer");
  const { tenantId } = input.parse(raw);
  await authorizeTenant(ctx, tenantId);
  throw new Error("being written");
}
