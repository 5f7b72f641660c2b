import { z } from "zod";
import { authorize, authorizeTenant } from "../authorize";
import { type Call, parseInput } from "../parse";
import { readBranding } from "./read-branding";

const input = z.strictObject({ tenantId: z.number().int() });

/** What a tenant's own branding says (null: nothing of its own), and what its mails look like in the end. */
export async function getBranding({ ctx, input: raw }: Call<typeof input>) {
  authorize(ctx, "read");
  const { tenantId } = parseInput(input, raw);
  await authorizeTenant(ctx, tenantId);
  return readBranding(ctx, tenantId);
}
