import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAtColumn, momentColumn, refColumn } from "./columns";
import { people } from "./people";
import { sessions } from "./sessions";
import { tenants } from "./tenants";

/** Every mail that was made, sent or not: the outbox. */
export const emails = pgTable(
  "emails",
  {
    id: uuid("id").primaryKey(),
    tenantId: refColumn("tenant_id")
      .notNull()
      .references(() => tenants.id),
    sessionId: refColumn("session_id").references(() => sessions.id),
    personId: refColumn("person_id").references(() => people.id),
    kind: text("kind", { enum: ["before", "after", "postponed", "test"] }).notNull(),
    /** `<event>/<entity>/<recipient>`: one mail each, however often the step runs. */
    idempotencyKey: text("idempotency_key").notNull(),
    sender: text("sender").notNull(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    html: text("html").notNull(),
    plainText: text("plain_text").notNull(),
    /** `kept`: no mail provider is set up, so it stays in the outbox. */
    status: text("status", { enum: ["queued", "kept", "sent", "delivered", "bounced", "failed"] }).notNull(),
    providerId: text("provider_id"),
    error: text("error"),
    attempts: integer("attempts").notNull().default(0),
    createdAt: createdAtColumn(),
    sentAt: momentColumn("sent_at"),
  },
  (t) => [
    uniqueIndex("emails_idempotency").on(t.idempotencyKey),
    index("emails_session").on(t.sessionId),
    index("emails_tenant").on(t.tenantId, t.createdAt, t.id),
    index("emails_created").on(t.createdAt, t.id),
    index("emails_provider").on(t.providerId),
  ],
);

/** What the provider's signed webhooks told of a mail. */
export const emailEvents = pgTable(
  "email_events",
  {
    /** The webhook's own id: delivered twice, written once. */
    id: text("id").primaryKey(),
    emailId: uuid("email_id")
      .notNull()
      .references(() => emails.id, { onDelete: "cascade" }),
    type: text("type").notNull(),
    at: momentColumn("at").notNull(),
    payload: jsonb("payload"),
  },
  (t) => [index("email_events_email").on(t.emailId, t.at)],
);

/** A link in a mail, bound to session and recipient. The token itself is signed and not stored. */
export const messageLinks = pgTable(
  "message_links",
  {
    /** The token's `jti`. */
    id: uuid("id").primaryKey(),
    sessionId: refColumn("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    personId: refColumn("person_id").references(() => people.id),
    recipient: text("recipient").notNull(),
    purpose: text("purpose", { enum: ["plan", "result"] }).notNull(),
    createdAt: createdAtColumn(),
    expiresAt: momentColumn("expires_at").notNull(),
  },
  (t) => [index("message_links_session").on(t.sessionId)],
);

/** A choice made through a link. The form carries a key, so that sending it twice changes nothing more. */
export const messageChoices = pgTable(
  "message_choices",
  {
    id: uuid("id").primaryKey(),
    linkId: uuid("link_id")
      .notNull()
      .references(() => messageLinks.id, { onDelete: "cascade" }),
    choice: text("choice", { enum: ["postpone", "cancel", "run-now"] }).notNull(),
    executionAt: momentColumn("execution_at"),
    outcome: text("outcome", { enum: ["done", "too-late", "refused"] }).notNull(),
    madeAt: momentColumn("made_at").notNull(),
  },
  (t) => [index("message_choices_link").on(t.linkId)],
);
