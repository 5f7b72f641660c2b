import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { InventoryEntry, MachineFacts } from "@/server/agents/wire";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";
import { integrations } from "./integrations";
import { items } from "./items";
import { people, users } from "./people";
import { tenants } from "./tenants";

export const computerStatuses = [
  "identifying",
  "needs-onboarding",
  "onboarding",
  "onboarded",
  "needs-decision",
  "failed",
  "archived",
] as const;
export const deviceClasses = [
  "workstation",
  "portable",
  "server",
  "domain-controller",
  "primary-domain-controller",
] as const;

export const computers = pgTable(
  "computers",
  {
    id: idColumn(),
    tenantId: refColumn("tenant_id")
      .notNull()
      .references(() => tenants.id),
    name: text("name").notNull(),
    status: text("status", { enum: computerStatuses }).notNull(),
    /** Why a person is asked, or what failed; a sentence. */
    statusReason: text("status_reason"),
    /** The computer that it may be the same machine as, while a person is asked. */
    rivalComputerId: refColumn("rival_computer_id").references((): AnyPgColumn => computers.id),
    excludedFromMaintenance: boolean("excluded_from_maintenance").notNull().default(false),
    smbiosUuid: text("smbios_uuid"),
    /** `weak`: known by its OS installation only, because no usable SMBIOS UUID can be read. */
    identity: text("identity", { enum: ["strong", "weak"] }).notNull(),
    osInstallationId: text("os_installation_id"),
    osInstalledAt: momentColumn("os_installed_at"),
    /** Counts wipes; jobs of an older generation never run. */
    generation: integer("generation").notNull().default(0),
    osFamily: text("os_family", { enum: ["linux", "windows", "macos"] }).notNull(),
    osName: text("os_name").notNull(),
    osVersion: text("os_version").notNull(),
    architecture: text("architecture").notNull(),
    packageManagers: text("package_managers").array().notNull().default(sql`'{}'::text[]`),
    deviceClass: text("device_class", { enum: deviceClasses }).notNull(),
    serialNumber: text("serial_number"),
    manufacturer: text("manufacturer"),
    model: text("model"),
    timeZone: text("time_zone"),
    pendingReboot: boolean("pending_reboot").notNull().default(false),
    primaryPersonId: refColumn("primary_person_id").references(() => people.id),
    primaryPersonPinned: boolean("primary_person_pinned").notNull().default(false),
    /** At least one agent is connected now. Kept by the hub. */
    online: boolean("online").notNull().default(false),
    lastSeenAt: momentColumn("last_seen_at"),
    createdAt: createdAtColumn(),
    onboardedAt: momentColumn("onboarded_at"),
  },
  (t) => [
    index("computers_tenant_name").on(t.tenantId, t.name, t.id),
    index("computers_name").on(t.name, t.id),
    index("computers_last_seen").on(t.lastSeenAt, t.id),
    index("computers_status").on(t.status, t.id),
    index("computers_person").on(t.primaryPersonId),
    index("computers_smbios").on(t.smbiosUuid),
    index("computers_os_installation").on(t.osInstallationId),
  ],
);

export const enrollmentKeys = pgTable(
  "enrollment_keys",
  {
    id: idColumn(),
    tenantId: refColumn("tenant_id")
      .notNull()
      .references(() => tenants.id),
    label: text("label").notNull(),
    keyHash: text("key_hash").notNull(),
    createdBy: refColumn("created_by").references(() => users.id),
    createdAt: createdAtColumn(),
    expiresAt: momentColumn("expires_at"),
    revokedAt: momentColumn("revoked_at"),
  },
  (t) => [uniqueIndex("enrollment_keys_hash").on(t.keyHash), index("enrollment_keys_tenant").on(t.tenantId)],
);

/** One pathway to a computer: our own agent, or an RMM's through an integration. */
export const agents = pgTable(
  "agents",
  {
    id: uuid("id").primaryKey(),
    tenantId: refColumn("tenant_id")
      .notNull()
      .references(() => tenants.id),
    computerId: refColumn("computer_id").references(() => computers.id),
    /** Null for our own agent. */
    integrationId: refColumn("integration_id").references(() => integrations.id),
    externalId: text("external_id"),
    instanceId: uuid("instance_id"),
    secretHash: text("secret_hash"),
    version: text("version"),
    facts: jsonb("facts").$type<MachineFacts>(),
    connected: boolean("connected").notNull().default(false),
    /** The hub that holds the connection; a hub that dies leaves rows that its successor clears. */
    hubId: text("hub_id"),
    connectedAt: momentColumn("connected_at"),
    lastSeenAt: momentColumn("last_seen_at"),
    enrolledAt: momentColumn("enrolled_at").notNull(),
    revokedAt: momentColumn("revoked_at"),
    /** The facts by which it was last identified, or about which a person decided; another value asks again. */
    identityKey: text("identity_key"),
    identifyFailures: integer("identify_failures").notNull().default(0),
  },
  (t) => [
    uniqueIndex("agents_instance").on(t.instanceId),
    uniqueIndex("agents_external").on(t.integrationId, t.externalId),
    index("agents_computer").on(t.computerId),
    index("agents_tenant").on(t.tenantId),
    index("agents_connected").on(t.hubId).where(sql`${t.connected}`),
  ],
);

/** The newest inventory reading of a computer. */
export const inventories = pgTable("inventories", {
  computerId: refColumn("computer_id")
    .primaryKey()
    .references(() => computers.id, { onDelete: "cascade" }),
  takenAt: momentColumn("taken_at").notNull(),
  entries: jsonb("entries").$type<InventoryEntry[]>().notNull(),
});

/** What was last known of an item on a computer; what previews judge from. */
export const detections = pgTable(
  "detections",
  {
    computerId: refColumn("computer_id")
      .notNull()
      .references(() => computers.id, { onDelete: "cascade" }),
    itemId: refColumn("item_id")
      .notNull()
      .references(() => items.id, { onDelete: "cascade" }),
    /** Software: the detected version; null is "not detected". */
    version: text("version"),
    availableVersion: text("available_version"),
    /** Tasks and test scripts: what the test said; null is "not tested". */
    compliant: boolean("compliant"),
    detectedAt: momentColumn("detected_at").notNull(),
    sessionId: refColumn("session_id"),
  },
  (t) => [primaryKey({ columns: [t.computerId, t.itemId] }), index("detections_item").on(t.itemId)],
);

/** Values that tasks in monitor mode recorded, with history. */
export const taskValues = pgTable(
  "task_values",
  {
    id: idColumn(),
    computerId: refColumn("computer_id")
      .notNull()
      .references(() => computers.id, { onDelete: "cascade" }),
    itemId: refColumn("item_id")
      .notNull()
      .references(() => items.id, { onDelete: "cascade" }),
    value: jsonb("value"),
    recordedAt: momentColumn("recorded_at").notNull(),
    sessionId: refColumn("session_id"),
  },
  (t) => [index("task_values_computer_item").on(t.computerId, t.itemId, t.recordedAt)],
);

/** The UPNs seen on a computer; the newest ten count. */
export const upnSightings = pgTable(
  "upn_sightings",
  {
    id: idColumn(),
    computerId: refColumn("computer_id")
      .notNull()
      .references(() => computers.id, { onDelete: "cascade" }),
    upn: text("upn").notNull(),
    seenAt: momentColumn("seen_at").notNull(),
  },
  (t) => [index("upn_sightings_computer").on(t.computerId, t.seenAt)],
);

/** A change of primary person with the UPNs that caused it. */
export const affinityChanges = pgTable(
  "affinity_changes",
  {
    id: idColumn(),
    computerId: refColumn("computer_id")
      .notNull()
      .references(() => computers.id, { onDelete: "cascade" }),
    fromPersonId: refColumn("from_person_id").references(() => people.id),
    toPersonId: refColumn("to_person_id").references(() => people.id),
    upns: text("upns").array().notNull(),
    changedAt: momentColumn("changed_at").notNull(),
  },
  (t) => [index("affinity_changes_computer").on(t.computerId, t.changedAt)],
);
