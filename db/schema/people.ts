import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";
import { tenants } from "./tenants";

/** A human at a tenant, identified by UPN (compared without case). */
export const people = pgTable(
  "people",
  {
    id: idColumn(),
    tenantId: refColumn("tenant_id")
      .notNull()
      .references(() => tenants.id),
    upn: text("upn").notNull(),
    displayName: text("display_name").notNull(),
    email: text("email"),
    entraObjectId: text("entra_object_id"),
    language: text("language"),
    timeZone: text("time_zone"),
    createdAt: createdAtColumn(),
    archivedAt: momentColumn("archived_at"),
  },
  (t) => [
    uniqueIndex("people_upn").on(t.tenantId, sql`lower(${t.upn})`),
    index("people_tenant_name").on(t.tenantId, t.displayName, t.id),
    index("people_entra").on(t.entraObjectId),
  ],
);

export const userRoles = ["msp-admin", "msp-technician", "msp-reader", "tenant-admin", "tenant-reader"] as const;

/** Someone who signs in to the console. Keyed on `tid` + `oid`; the local user has `tid` "local". */
export const users = pgTable(
  "users",
  {
    id: idColumn(),
    tid: text("tid").notNull(),
    oid: text("oid").notNull(),
    email: text("email"),
    displayName: text("display_name").notNull(),
    role: text("role", { enum: userRoles }).notNull(),
    /** The root of what a tenant role may see; null for MSP roles. */
    tenantId: refColumn("tenant_id").references(() => tenants.id),
    createdAt: createdAtColumn(),
    lastSignInAt: momentColumn("last_sign_in_at"),
    disabledAt: momentColumn("disabled_at"),
  },
  (t) => [uniqueIndex("users_identity").on(t.tid, t.oid), index("users_name").on(t.displayName, t.id)],
);

export const apiTokens = pgTable(
  "api_tokens",
  {
    id: idColumn(),
    userId: refColumn("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    label: text("label").notNull(),
    tokenHash: text("token_hash").notNull(),
    createdAt: createdAtColumn(),
    expiresAt: momentColumn("expires_at"),
    lastUsedAt: momentColumn("last_used_at"),
    revokedAt: momentColumn("revoked_at"),
  },
  (t) => [uniqueIndex("api_tokens_hash").on(t.tokenHash)],
);

/** Who is told when a computer has no primary person. */
export const tenantContacts = pgTable(
  "tenant_contacts",
  {
    tenantId: refColumn("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    personId: refColumn("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.personId] })],
);
