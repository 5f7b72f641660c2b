import { eq } from "drizzle-orm";
import { z } from "zod";
import { emails, tenants } from "@/db/schema";
import { samplePlan } from "@/emails/samples";
import { renderBeforeMaintenance } from "@/server/mail/render-mail";
import { audit } from "../audit";
import { authorize, authorizeTenant } from "../authorize";
import { readBranding } from "../branding/read-branding";
import { notFound } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { deliverEmail, giveUp } from "./deliver-email";
import { firstTimeZone } from "./find-recipients";
import { getEmail } from "./get-email";

const input = z.strictObject({
  tenantId: z.number().int(),
  recipient: z.email("That is not an e-mail address.").max(254),
  language: z.enum(["en", "de"]).default("en"),
});

const DAY_MS = 86_400_000;

/**
 * Sends a sample of the mail before maintenance in a tenant's branding; its buttons lead to the product's start page.
 * Tried once, so that whoever asked sees at once what the provider says.
 */
export async function sendTestEmail({ ctx, input: raw }: Call<typeof input>) {
  authorize(ctx, "administer");
  const { tenantId, recipient, language } = parseInput(input, raw);
  await authorizeTenant(ctx, tenantId);
  const [tenant] = await ctx.db
    .select({ name: tenants.name, timeZone: tenants.timeZone })
    .from(tenants)
    .where(eq(tenants.id, tenantId));
  if (!tenant) throw notFound("That tenant");
  const { effective: branding } = await readBranding(ctx, tenantId);
  const now = ctx.clock.now();
  const link = `${ctx.mail.publicUrl}/`;
  const mail = await renderBeforeMaintenance({
    ...samplePlan,
    branding,
    reader: { role: "primary", locale: language, timeZone: firstTimeZone([tenant.timeZone]) },
    computer: { ...samplePlan.computer, tenantName: tenant.name },
    startsAt: new Date(now.getTime() + DAY_MS),
    writtenAt: now,
    allowance: { timesLeft: 2, latestAt: new Date(now.getTime() + 4 * DAY_MS) },
    links: { postpone: link, cancel: link, runNow: link },
  });
  const emailId = ctx.ids.uuid();
  await withTransaction(ctx, async (tx) => {
    await tx.db.insert(emails).values({
      id: emailId,
      tenantId,
      kind: "test",
      idempotencyKey: `test/${emailId}`,
      sender: branding.sender,
      recipient,
      ...mail,
      status: tx.mail.provider === null ? "kept" : "queued",
      createdAt: now,
    });
    await audit(tx, {
      action: "email.test",
      entity: "email",
      entityId: emailId,
      tenantId,
      before: null,
      after: { recipient },
    });
  });
  const delivery = await deliverEmail(ctx, emailId);
  const { status, error } = await getEmail({ ctx, input: { emailId } });
  if (delivery.kind !== "later") return { emailId, status, error };
  await giveUp(ctx, emailId, error ?? "The mail provider did not take it.");
  return { emailId, status: "failed" as const, error };
}
