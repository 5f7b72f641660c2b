import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";

/** A customer of the provider. Tenants form a tree: the MSP itself, customers, a customer's sites. */
export const tenants = pgTable(
  "tenants",
  {
    id: idColumn(),
    parentId: refColumn("parent_id").references((): AnyPgColumn => tenants.id),
    kind: text("kind", { enum: ["msp", "customer", "site"] }).notNull(),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
    timeZone: text("time_zone").notNull(),
    /** Itself and everything above it; what tenancy filters and nearest-tenant comparisons read. */
    ancestorIds: bigint("ancestor_ids", { mode: "number" }).array().notNull().default(sql`'{}'::bigint[]`),
    /** Opts this tenant, not its children, out of cross-tenant deployments. */
    optsOutOfCrossTenant: boolean("opts_out_of_cross_tenant").notNull().default(false),
    createdAt: createdAtColumn(),
    archivedAt: momentColumn("archived_at"),
  },
  (t) => [
    uniqueIndex("tenants_slug").on(t.slug),
    index("tenants_parent").on(t.parentId),
    index("tenants_ancestors").using("gin", t.ancestorIds),
    index("tenants_name").on(t.name, t.id),
    uniqueIndex("tenants_one_msp").on(t.kind).where(sql`${t.kind} = 'msp'`),
    check("tenants_msp_is_root", sql`(${t.kind} = 'msp') = (${t.parentId} is null)`),
  ],
);

/** How mails and the message page of a tenant look; a missing field comes from the tenant above. */
export const brandings = pgTable("brandings", {
  tenantId: refColumn("tenant_id")
    .primaryKey()
    .references(() => tenants.id, { onDelete: "cascade" }),
  companyName: text("company_name"),
  logoUrl: text("logo_url"),
  accentColor: text("accent_color"),
  senderName: text("sender_name"),
  senderAddress: text("sender_address"),
  supportContact: text("support_contact"),
  footer: text("footer"),
  validFrom: momentColumn("valid_from"),
  validTo: momentColumn("valid_to"),
});

/** Product-wide settings by name; secrets inside are encrypted before they get here. */
export const settings = pgTable("settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: momentColumn("updated_at").notNull(),
});
