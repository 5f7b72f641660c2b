import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { DetectionRule, Installer, ItemPlatform, ParameterDefinition, TriedOn } from "@/server/core/items";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";
import { users } from "./people";
import { tenants } from "./tenants";

export const origins = ["global", "mine"] as const;

/** A script; what it does is in its versions. */
export const scripts = pgTable(
  "scripts",
  {
    id: idColumn(),
    origin: text("origin", { enum: origins }).notNull(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    currentVersion: integer("current_version").notNull().default(1),
    createdAt: createdAtColumn(),
    deletedAt: momentColumn("deleted_at"),
  },
  (t) => [uniqueIndex("scripts_slug").on(t.origin, t.slug), index("scripts_name").on(t.name, t.id)],
);

export const scriptVersions = pgTable(
  "script_versions",
  {
    scriptId: refColumn("script_id")
      .notNull()
      .references(() => scripts.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    language: text("language", { enum: ["bash", "powershell", "javascript"] }).notNull(),
    context: text("context", { enum: ["system", "user", "metascript", "cloud"] }).notNull(),
    body: text("body").notNull(),
    bodySha256: text("body_sha256").notNull(),
    parameters: jsonb("parameters").$type<ParameterDefinition[]>().notNull().default([]),
    timeoutSeconds: integer("timeout_seconds").notNull(),
    requiresElevation: boolean("requires_elevation").notNull().default(false),
    createdBy: refColumn("created_by").references(() => users.id),
    createdAt: createdAtColumn(),
  },
  (t) => [primaryKey({ columns: [t.scriptId, t.number] })],
);

/** A maintenance item: a software or a task. One row here, the rest in its kind's table. */
export const items = pgTable(
  "items",
  {
    id: idColumn(),
    kind: text("kind", { enum: ["software", "task"] }).notNull(),
    origin: text("origin", { enum: origins }).notNull(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    publisher: text("publisher").notNull().default(""),
    description: text("description").notNull().default(""),
    /** Where it can be used at all; empty means everywhere. */
    platforms: jsonb("platforms").$type<ItemPlatform[]>().notNull().default([]),
    triedOn: text("tried_on").$type<TriedOn>().notNull().default("not-run"),
    /** An action of it that was interrupted may be run again. */
    safeToRetry: boolean("safe_to_retry").notNull().default(false),
    createdAt: createdAtColumn(),
    updatedAt: momentColumn("updated_at").notNull(),
    deletedAt: momentColumn("deleted_at"),
  },
  (t) => [
    uniqueIndex("items_slug").on(t.origin, t.kind, t.slug),
    index("items_name").on(t.kind, t.name, t.id),
    index("items_order_name").on(t.name, t.id),
  ],
);

export const upgradeStrategies = ["none", "uninstall-install", "install-over", "script"] as const;
export const repairStrategies = ["none", "reinstall", "install-over", "script"] as const;

export const software = pgTable("software", {
  itemId: refColumn("item_id")
    .primaryKey()
    .references(() => items.id, { onDelete: "cascade" }),
  /** The first rule whose platform admits the computer is used. */
  detections: jsonb("detections").$type<DetectionRule[]>().notNull(),
  /** `repository`: the computer's package manager says what is latest. */
  versionSource: text("version_source", { enum: ["static", "repository", "script"] }).notNull(),
  versionScriptId: refColumn("version_script_id").references(() => scripts.id),
  /** Installers that serve every version; those of one version are in {@link softwareVersions}. */
  installers: jsonb("installers").$type<Installer[]>().notNull().default([]),
  upgradeStrategy: text("upgrade_strategy", { enum: upgradeStrategies }).notNull().default("install-over"),
  upgradeScriptId: refColumn("upgrade_script_id").references(() => scripts.id),
  repairStrategy: text("repair_strategy", { enum: repairStrategies }).notNull().default("reinstall"),
  repairScriptId: refColumn("repair_script_id").references(() => scripts.id),
  testScriptId: refColumn("test_script_id").references(() => scripts.id),
  licenceRequired: boolean("licence_required").notNull().default(false),
  /** A task that runs right after the software is compliant. */
  configurationItemId: refColumn("configuration_item_id").references(() => items.id),
});

export const softwareVersions = pgTable(
  "software_versions",
  {
    id: idColumn(),
    itemId: refColumn("item_id")
      .notNull()
      .references(() => software.itemId, { onDelete: "cascade" }),
    version: text("version").notNull(),
    installers: jsonb("installers").$type<Installer[]>().notNull().default([]),
    releasedAt: momentColumn("released_at"),
    createdAt: createdAtColumn(),
  },
  (t) => [uniqueIndex("software_versions_version").on(t.itemId, t.version)],
);

export const tasks = pgTable("tasks", {
  itemId: refColumn("item_id")
    .primaryKey()
    .references(() => items.id, { onDelete: "cascade" }),
  /** `tenant` tasks are cloud tasks. */
  appliesTo: text("applies_to", { enum: ["computer", "tenant"] })
    .notNull()
    .default("computer"),
  parameters: jsonb("parameters").$type<ParameterDefinition[]>().notNull().default([]),
});

/** The test/get/set scripts of a task for one operating system. */
export const taskScripts = pgTable(
  "task_scripts",
  {
    itemId: refColumn("item_id")
      .notNull()
      .references(() => tasks.itemId, { onDelete: "cascade" }),
    osFamily: text("os_family", { enum: ["linux", "windows", "macos", "any"] }).notNull(),
    testScriptId: refColumn("test_script_id").references(() => scripts.id),
    setScriptId: refColumn("set_script_id").references(() => scripts.id),
    getScriptId: refColumn("get_script_id").references(() => scripts.id),
  },
  (t) => [primaryKey({ columns: [t.itemId, t.osFamily] })],
);

/** Global order: `beginning` and `end` are ordered by position; everything else runs between, by name. */
export const itemOrder = pgTable(
  "item_order",
  {
    itemId: refColumn("item_id")
      .primaryKey()
      .references(() => items.id, { onDelete: "cascade" }),
    zone: text("zone", { enum: ["beginning", "end"] }).notNull(),
    position: integer("position").notNull(),
  },
  (t) => [index("item_order_zone").on(t.zone, t.position)],
);

/** "When this item is to be …, all/any of {items} must be … → do it first | fail". */
export const prerequisites = pgTable(
  "prerequisites",
  {
    id: idColumn(),
    itemId: refColumn("item_id")
      .notNull()
      .references(() => items.id, { onDelete: "cascade" }),
    appliesWhen: text("applies_when", { enum: ["installed", "uninstalled", "any"] }).notNull(),
    quantifier: text("quantifier", { enum: ["all", "any"] }).notNull(),
    requiredState: text("required_state", { enum: ["installed", "uninstalled"] }).notNull(),
    otherwise: text("otherwise", { enum: ["do-first", "fail"] }).notNull(),
  },
  (t) => [index("prerequisites_item").on(t.itemId)],
);

export const prerequisiteItems = pgTable(
  "prerequisite_items",
  {
    prerequisiteId: refColumn("prerequisite_id")
      .notNull()
      .references(() => prerequisites.id, { onDelete: "cascade" }),
    itemId: refColumn("item_id")
      .notNull()
      .references(() => items.id),
    minimumVersion: text("minimum_version"),
    maximumVersion: text("maximum_version"),
  },
  (t) => [primaryKey({ columns: [t.prerequisiteId, t.itemId] }), index("prerequisite_items_item").on(t.itemId)],
);

export const licences = pgTable(
  "licences",
  {
    id: idColumn(),
    itemId: refColumn("item_id")
      .notNull()
      .references(() => items.id),
    tenantId: refColumn("tenant_id").references(() => tenants.id),
    name: text("name").notNull(),
    seats: integer("seats"),
    /** The key, encrypted. */
    keyEncrypted: text("key_encrypted"),
    createdAt: createdAtColumn(),
    deletedAt: momentColumn("deleted_at"),
  },
  (t) => [index("licences_item").on(t.itemId), check("licences_seats", sql`${t.seats} is null or ${t.seats} >= 0`)],
);
