import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { emailEvents, emails } from "@/db/schema";
import { authorizeSystem } from "../authorize";
import { ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";

const input = z.strictObject({
  /** Exactly as it came: the signature is over these characters. */
  rawBody: z.string().max(1_000_000),
  headers: z.strictObject({
    id: z.string().max(200).nullable(),
    timestamp: z.string().max(40).nullable(),
    signature: z.string().max(2000).nullable(),
  }),
});

const body = z.object({
  type: z.string().min(1).max(100),
  created_at: z.coerce.date(),
  data: z
    .object({
      email_id: z.string().optional(),
      /** Sent as a list, told as an object. */
      tags: z.record(z.string(), z.string()).optional(),
      bounce: z.object({ message: z.string().optional() }).optional(),
      failed: z.object({ reason: z.string().optional() }).optional(),
      suppressed: z.object({ message: z.string().optional() }).optional(),
    })
    .optional(),
});

/** What an event makes of a mail; others are kept with it and change nothing. */
const statuses: Readonly<Record<string, "sent" | "delivered" | "bounced" | "failed">> = {
  "email.sent": "sent",
  "email.delivered": "delivered",
  "email.bounced": "bounced",
  "email.failed": "failed",
  "email.suppressed": "failed",
};
/** Events come in any order: a status only ever moves to the right. That a mail was delivered overrules our giving up. */
const order = ["kept", "queued", "sent", "failed", "delivered", "bounced"] as const;

const words = {
  unsigned: "This webhook is not signed.",
  forged: "This webhook's signature is not right for its body.",
  "too-old": "This webhook's signature is too old or from the future; send it again.",
} as const;

/**
 * Records what the mail provider tells of a mail. `ignored`: not about a mail of this product.
 * Both statements may be repeated; the event is written last, so that a webhook cut short is done again in full.
 * @throws ServiceError not-found when no webhooks are expected, unauthenticated when it is not signed as agreed,
 * bad-input when it cannot be read.
 */
export async function recordDelivery({
  ctx,
  input: raw,
}: Call<typeof input>): Promise<"recorded" | "repeated" | "ignored"> {
  authorizeSystem(ctx);
  if (ctx.mail.verifyWebhook === null) throw new ServiceError("not-found", "No webhooks are expected here.");
  const { rawBody, headers } = parseInput(input, raw);
  const verified = ctx.mail.verifyWebhook(rawBody, headers, ctx.clock.now());
  if (verified.kind !== "ok") throw new ServiceError("unauthenticated", words[verified.kind]);
  const { type, created_at: at, data } = parseInput(body, parseJson(rawBody));
  const emailId = z.uuid().safeParse(data?.tags?.email);
  if (!type.startsWith("email.") || !data || (!emailId.success && !data.email_id)) return "ignored";

  // The tag names the mail even when the answer to the request that sent it was never written down.
  const mail = emailId.success ? eq(emails.id, emailId.data) : eq(emails.providerId, data.email_id ?? "");
  const [email] = await ctx.db.select({ id: emails.id }).from(emails).where(mail);
  if (!email) return "ignored";

  const status = statuses[type];
  if (status) {
    const error = data.bounce?.message ?? data.failed?.reason ?? data.suppressed?.message ?? null;
    await ctx.db
      .update(emails)
      .set({ status, ...(error ? { error } : {}), ...(data.email_id ? { providerId: data.email_id } : {}) })
      .where(and(eq(emails.id, email.id), inArray(emails.status, order.slice(0, order.indexOf(status)))));
  }
  const written = await ctx.db
    .insert(emailEvents)
    .values({ id: verified.id, emailId: email.id, type, at, payload: data })
    .onConflictDoNothing()
    .returning({ id: emailEvents.id });
  return written.length > 0 ? "recorded" : "repeated";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError("bad-input", "The body of this webhook is not JSON.");
  }
}
