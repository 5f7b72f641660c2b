import { z } from "zod";
import { authorize, authorizeTenant } from "../authorize";
import type { ServiceContext } from "../context";
import { readBranding } from "./read-branding";

const input = z.strictObject({ tenantId: z.number().int() });

/** What a tenant's own branding says (null: nothing of its own), and what its mails look like in the end. */
export async function getBranding({ ctx, input: raw }: { ctx: ServiceContext; input: z.infer<typeof input> }) {
  authorize(ctx, "read");
  const { tenantId } = input.parse(raw);
  await authorizeTenant(ctx, tenantId);
  return readBranding(ctx, tenantId);
}
