import { and, eq, sql } from "drizzle-orm";
import { emails, messageLinks } from "@/db/schema";
import { digestRecipient, type LinkPurpose } from "@/server/mail/links";
import type { RenderedMail } from "@/server/mail/render-mail";
import { uuidFromName } from "@/server/ports/ids";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import { type EffectiveBranding, readBranding } from "../branding/read-branding";
import type { ServiceContext } from "../context";
import { withTransaction } from "../transaction";
import { findRecipients, type Recipient } from "./find-recipients";
import type { Maintenance } from "./load-maintenance";
import { describeTold, type Told } from "./told";

interface Telling {
  readonly maintenance: Maintenance;
  readonly kind: "before" | "after" | "postponed";
  /** What is told of, unique in the product: `before/17`. It happens once, however often it is asked for. */
  readonly event: string;
  readonly linkPurpose: LinkPurpose;
  readonly linkExpiresAt: Date;
  readonly render: (reader: Recipient, branding: EffectiveBranding, link: string) => Promise<RenderedMail>;
}

/**
 * Writes one mail to each recipient into the outbox, with its link; after the commit each is sent by a durable function
 * of its own. All or nothing, and the same again when repeated: a process killed anywhere in here tells no one twice.
 */
export async function tellRecipients(ctx: ServiceContext, telling: Telling): Promise<Told> {
  authorizeSystem(ctx);
  const { maintenance, event } = telling;
  const isSent = ctx.mail.provider !== null;
  const toldBefore = await ctx.db
    .select({ recipient: emails.recipient })
    .from(emails)
    .where(and(eq(emails.sessionId, maintenance.id), sql`starts_with(${emails.idempotencyKey}, ${`${event}/`})`));
  if (toldBefore.length > 0)
    return tellingOf(
      toldBefore.map(({ recipient }) => recipient),
      isSent,
    );

  const recipients = await findRecipients(ctx, {
    tenantId: maintenance.tenantId,
    primaryPersonId: maintenance.primaryPersonId,
    timeZones: [maintenance.computerZone, maintenance.tenantZone],
  });
  if (recipients.length === 0) return { toldCount: 0, sentence: describeNobody(maintenance) };

  const { effective: branding } = await readBranding(ctx, maintenance.tenantId);
  const letters = await Promise.all(recipients.map((recipient) => writeLetter(ctx, telling, recipient, branding)));
  await withTransaction(ctx, async (tx) => {
    await tx.db
      .insert(messageLinks)
      .values(letters.map(({ link }) => link))
      .onConflictDoNothing();
    const written = await tx.db
      .insert(emails)
      .values(letters.map(({ email }) => email))
      .onConflictDoNothing()
      .returning({ id: emails.id });
    if (written.length === 0) return;
    if (isSent) {
      await tx.emitMany(
        "email/queued",
        written.map(({ id }) => ({ id: `email/queued/${id}`, data: { emailId: id } })),
      );
    }
    await audit(tx, {
      action: "session.tell",
      entity: "session",
      entityId: maintenance.id,
      tenantId: maintenance.tenantId,
      before: null,
      after: { kind: telling.kind, recipients: recipients.map(({ address }) => address) },
    });
  });
  return tellingOf(
    recipients.map(({ address }) => address),
    isSent,
  );
}

/** Resend takes no longer ones. */
const LONGEST_KEY = 256;

async function writeLetter(
  ctx: ServiceContext,
  telling: Telling,
  recipient: Recipient,
  branding: EffectiveBranding,
): Promise<{ link: typeof messageLinks.$inferInsert; email: typeof emails.$inferInsert }> {
  const { maintenance, linkPurpose: purpose, linkExpiresAt: expiresAt } = telling;
  const address = recipient.address.toLowerCase();
  const plainKey = `${telling.event}/${address}`;
  const idempotencyKey = plainKey.length <= LONGEST_KEY ? plainKey : `${telling.event}/${uuidFromName(address)}`;
  const linkId = uuidFromName(`link/${idempotencyKey}`);
  const token = await ctx.mail.links.sign({
    linkId,
    sessionId: maintenance.id,
    recipientDigest: digestRecipient(recipient.address),
    purpose,
    expiresAt,
  });
  const mail = await telling.render(recipient, branding, `${ctx.mail.publicUrl}/m/${token}`);
  const common = { sessionId: maintenance.id, personId: recipient.personId, recipient: recipient.address };
  const createdAt = ctx.clock.now();
  return {
    link: { id: linkId, ...common, purpose, createdAt, expiresAt },
    email: {
      id: uuidFromName(`email/${idempotencyKey}`),
      ...common,
      tenantId: maintenance.tenantId,
      kind: telling.kind,
      idempotencyKey,
      sender: branding.sender,
      ...mail,
      status: ctx.mail.provider === null ? "kept" : "queued",
      createdAt,
    },
  };
}

const tellingOf = (recipients: readonly string[], isSent: boolean): Told => ({
  toldCount: recipients.length,
  sentence: describeTold(recipients, isSent),
});

const describeNobody = ({ computerName, tenantName }: Maintenance) =>
  computerName === null
    ? `No one could be told: neither ${tenantName} nor a tenant above it has a contact with an e-mail address.`
    : `No one could be told: ${computerName} has no primary person with an e-mail address, and neither ${tenantName} nor a tenant above it has a contact with one.`;
