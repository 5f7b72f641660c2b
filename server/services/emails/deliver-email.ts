import { and, eq, sql } from "drizzle-orm";
import { emails, sessions } from "@/db/schema";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";

/** What became of an attempt. `later`: try again after `waitSeconds`. `settled`: there was nothing left to send. */
export type Delivery =
  | { readonly kind: "sent" | "failed" | "settled" }
  | { readonly kind: "later"; readonly waitSeconds: number };

/**
 * Hands one queued mail to the provider. The request is made outside any transaction and under the mail's own key, so
 * that a process killed between the request and writing down its answer sends the very same request again, which the
 * provider answers without delivering twice.
 */
export async function deliverEmail(ctx: ServiceContext, emailId: string): Promise<Delivery> {
  const [email] = await ctx.db
    .select({
      id: emails.id,
      kind: emails.kind,
      sessionId: emails.sessionId,
      idempotencyKey: emails.idempotencyKey,
      sender: emails.sender,
      recipient: emails.recipient,
      subject: emails.subject,
      html: emails.html,
      plainText: emails.plainText,
      status: emails.status,
      sessionBegan: sql<boolean>`${sessions.executionStartedAt} is not null or ${sessions.endedAt} is not null`,
    })
    .from(emails)
    .leftJoin(sessions, eq(sessions.id, emails.sessionId))
    .where(eq(emails.id, emailId));
  if (!email) throw notFound("That e-mail");
  if (email.status !== "queued") return { kind: "settled" };
  if ((email.kind === "before" || email.kind === "postponed") && email.sessionBegan) {
    return giveUp(ctx, emailId, "It was not sent in time: the maintenance began before.");
  }
  if (ctx.mail.provider === null) {
    await ctx.db.update(emails).set({ status: "kept" }).where(stillQueued(emailId));
    return { kind: "settled" };
  }
  const tags = { kind: email.kind, email: email.id, ...(email.sessionId ? { session: String(email.sessionId) } : {}) };
  const outcome = await ctx.mail.provider.send({ ...email, tags });
  switch (outcome.kind) {
    case "sent":
      await ctx.db
        .update(emails)
        .set({
          providerId: outcome.providerId,
          // A webhook may have told more already.
          status: sql`case when ${emails.status} = 'queued' then 'sent' else ${emails.status} end`,
          sentAt: ctx.clock.now(),
          error: null,
          attempts: sql`${emails.attempts} + 1`,
        })
        .where(eq(emails.id, emailId));
      return { kind: "sent" };
    case "later":
      await ctx.db
        .update(emails)
        .set({ error: outcome.reason, attempts: sql`${emails.attempts} + 1` })
        .where(stillQueued(emailId));
      return { kind: "later", waitSeconds: outcome.waitSeconds };
    case "refused":
      return giveUp(ctx, emailId, outcome.reason);
  }
}

/** Ends a mail that will not be sent; the outbox shows why. */
export async function giveUp(ctx: ServiceContext, emailId: string, error: string): Promise<Delivery> {
  await ctx.db
    .update(emails)
    .set({ status: "failed", error, attempts: sql`${emails.attempts} + 1` })
    .where(stillQueued(emailId));
  return { kind: "failed" };
}

const stillQueued = (emailId: string) => and(eq(emails.id, emailId), eq(emails.status, "queued"));
