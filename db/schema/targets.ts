import { sql } from "drizzle-orm";
import { boolean, check, date, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";
import { computers } from "./computers";
import { integrations } from "./integrations";
import { scripts } from "./items";
import { people } from "./people";
import { tenants } from "./tenants";

export const tags = pgTable(
  "tags",
  {
    id: idColumn(),
    /** Null: a tag of the MSP, usable everywhere. */
    tenantId: refColumn("tenant_id").references(() => tenants.id),
    name: text("name").notNull(),
    color: text("color"),
    createdAt: createdAtColumn(),
  },
  (t) => [uniqueIndex("tags_name").on(sql`coalesce(${t.tenantId}, 0)`, sql`lower(${t.name})`)],
);

/** A tag on a computer, a tenant or a person: exactly one of the three. */
export const tagAssignments = pgTable(
  "tag_assignments",
  {
    id: idColumn(),
    tagId: refColumn("tag_id")
      .notNull()
      .references(() => tags.id, { onDelete: "cascade" }),
    computerId: refColumn("computer_id").references(() => computers.id, { onDelete: "cascade" }),
    tenantId: refColumn("tenant_id").references(() => tenants.id, { onDelete: "cascade" }),
    personId: refColumn("person_id").references(() => people.id, { onDelete: "cascade" }),
    assignedAt: momentColumn("assigned_at").notNull(),
  },
  (t) => [
    check("tag_assignments_one", sql`num_nonnulls(${t.computerId}, ${t.tenantId}, ${t.personId}) = 1`),
    uniqueIndex("tag_assignments_computer").on(t.computerId, t.tagId).where(sql`${t.computerId} is not null`),
    uniqueIndex("tag_assignments_tenant").on(t.tenantId, t.tagId).where(sql`${t.tenantId} is not null`),
    uniqueIndex("tag_assignments_person").on(t.personId, t.tagId).where(sql`${t.personId} is not null`),
    index("tag_assignments_tag").on(t.tagId),
  ],
);

/** An Entra group, an RMM group or location, or an RMM client group. */
export const groups = pgTable(
  "groups",
  {
    id: idColumn(),
    kind: text("kind", { enum: ["entra-group", "rmm-group", "rmm-client-group"] }).notNull(),
    tenantId: refColumn("tenant_id").references(() => tenants.id),
    integrationId: refColumn("integration_id").references(() => integrations.id),
    externalId: text("external_id").notNull(),
    name: text("name").notNull(),
    /** Set when it vanished at its source: deployments on it stay, marked, and apply to nothing. */
    vanishedAt: momentColumn("vanished_at"),
  },
  (t) => [
    uniqueIndex("groups_external").on(t.kind, sql`coalesce(${t.integrationId}, 0)`, t.externalId),
    index("groups_tenant").on(t.tenantId),
  ],
);

export const groupMembers = pgTable(
  "group_members",
  {
    id: idColumn(),
    groupId: refColumn("group_id")
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    personId: refColumn("person_id").references(() => people.id, { onDelete: "cascade" }),
    computerId: refColumn("computer_id").references(() => computers.id, { onDelete: "cascade" }),
    tenantId: refColumn("tenant_id").references(() => tenants.id, { onDelete: "cascade" }),
    nestedGroupId: refColumn("nested_group_id").references(() => groups.id, { onDelete: "cascade" }),
    since: momentColumn("since").notNull(),
  },
  (t) => [
    check(
      "group_members_one",
      sql`num_nonnulls(${t.personId}, ${t.computerId}, ${t.tenantId}, ${t.nestedGroupId}) = 1`,
    ),
    index("group_members_group").on(t.groupId),
    index("group_members_person").on(t.personId),
    index("group_members_computer").on(t.computerId),
    index("group_members_nested").on(t.nestedGroupId),
  ],
);

/** A PSA agreement of a tenant. Holds from its start up to and including its end, in the tenant's zone. */
export const agreements = pgTable(
  "agreements",
  {
    id: idColumn(),
    tenantId: refColumn("tenant_id")
      .notNull()
      .references(() => tenants.id),
    integrationId: refColumn("integration_id").references(() => integrations.id),
    externalId: text("external_id").notNull(),
    name: text("name").notNull(),
    agreementType: text("agreement_type").notNull(),
    startDate: date("start_date"),
    endDate: date("end_date"),
    cancelled: boolean("cancelled").notNull().default(false),
    inactive: boolean("inactive").notNull().default(false),
  },
  (t) => [index("agreements_tenant").on(t.tenantId), index("agreements_type").on(t.agreementType)],
);

/** A product on an agreement; counts from its effective date until the day before its cancelled date. */
export const agreementAdditions = pgTable(
  "agreement_additions",
  {
    id: idColumn(),
    agreementId: refColumn("agreement_id")
      .notNull()
      .references(() => agreements.id, { onDelete: "cascade" }),
    externalId: text("external_id").notNull(),
    product: text("product").notNull(),
    effectiveDate: date("effective_date"),
    cancelledDate: date("cancelled_date"),
  },
  (t) => [index("agreement_additions_agreement").on(t.agreementId), index("agreement_additions_product").on(t.product)],
);

/** A filter script or metascript that returns computers, with the last good membership materialised. */
export const filters = pgTable("filters", {
  id: idColumn(),
  kind: text("kind", { enum: ["filter-script", "metascript"] }).notNull(),
  tenantId: refColumn("tenant_id").references(() => tenants.id),
  name: text("name").notNull(),
  scriptId: refColumn("script_id")
    .notNull()
    .references(() => scripts.id),
  refreshedAt: momentColumn("refreshed_at"),
  lastError: text("last_error"),
});

export const filterMembers = pgTable(
  "filter_members",
  {
    filterId: refColumn("filter_id")
      .notNull()
      .references(() => filters.id, { onDelete: "cascade" }),
    computerId: refColumn("computer_id")
      .notNull()
      .references(() => computers.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.filterId, t.computerId] }), index("filter_members_computer").on(t.computerId)],
);

/** The target keys a computer is in, with the row and dates that put it there. */
export const computerTargetKeys = pgTable(
  "computer_target_keys",
  {
    computerId: refColumn("computer_id")
      .notNull()
      .references(() => computers.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    evidence: jsonb("evidence").notNull(),
  },
  (t) => [primaryKey({ columns: [t.computerId, t.key] }), index("computer_target_keys_key").on(t.key)],
);
