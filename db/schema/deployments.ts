import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import {
  deploymentPhases,
  deploymentScopes,
  desiredStates,
  targetDeviceClasses,
  targetTypes,
} from "@/server/core/deployments";
import type { ParameterValues } from "@/server/core/items";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";
import { items } from "./items";
import { users } from "./people";
import { tenants } from "./tenants";

/** What a deployment or a schedule applies to, as columns. `targetKey` is what a computer's memberships are matched with. */
export const targetColumns = () => ({
  scope: text("scope", { enum: deploymentScopes }).notNull(),
  targetType: text("target_type", { enum: targetTypes }).notNull(),
  /** The id of the computer, person, group, tag or filter; null for `all`. */
  targetId: refColumn("target_id"),
  /** The name of what has no id here: an agreement type, a product. */
  targetName: text("target_name"),
  /** The tenant of a one-tenant target. */
  targetTenantId: refColumn("target_tenant_id").references(() => tenants.id),
  includesChildTenants: boolean("includes_child_tenants").notNull().default(false),
  deviceClass: text("device_class", { enum: targetDeviceClasses }).notNull(),
  targetKey: text("target_key").notNull(),
});

/** A rule: maintenance item × desired state × target. Saving one changes nothing on any machine. */
export const deployments = pgTable(
  "deployments",
  {
    id: idColumn(),
    origin: text("origin", { enum: ["mine", "recommended"] }).notNull(),
    itemId: refColumn("item_id")
      .notNull()
      .references(() => items.id),
    desiredState: text("desired_state", { enum: desiredStates }).notNull(),
    /** For specific, minimum and maximum. */
    version: text("version"),
    parameters: jsonb("parameters").$type<ParameterValues>().notNull().default({}),
    ...targetColumns(),
    phase: text("phase", { enum: deploymentPhases }).notNull().default("always"),
    enabled: boolean("enabled").notNull().default(true),
    effectiveFrom: momentColumn("effective_from"),
    /** Recommended ones take part only when approved; null counts as dismissed. */
    approval: text("approval", { enum: ["approved", "dismissed"] }),
    note: text("note").notNull().default(""),
    revision: integer("revision").notNull().default(1),
    createdBy: refColumn("created_by").references(() => users.id),
    createdAt: createdAtColumn(),
    updatedAt: momentColumn("updated_at").notNull(),
    deletedAt: momentColumn("deleted_at"),
  },
  (t) => [
    index("deployments_item").on(t.itemId).where(sql`${t.deletedAt} is null`),
    index("deployments_key").on(t.targetKey).where(sql`${t.deletedAt} is null`),
    index("deployments_tenant").on(t.targetTenantId),
    index("deployments_updated").on(t.updatedAt, t.id),
    check(
      "deployments_version",
      sql`(${t.desiredState} in ('installed-specific','installed-minimum','installed-maximum')) = (${t.version} is not null)`,
    ),
  ],
);

/** Every state a deployment has had. */
export const deploymentRevisions = pgTable(
  "deployment_revisions",
  {
    deploymentId: refColumn("deployment_id")
      .notNull()
      .references(() => deployments.id),
    revision: integer("revision").notNull(),
    snapshot: jsonb("snapshot").notNull(),
    changedBy: refColumn("changed_by").references(() => users.id),
    changedAt: momentColumn("changed_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deploymentId, t.revision] })],
);
