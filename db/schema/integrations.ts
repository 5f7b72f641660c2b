import { boolean, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAtColumn, idColumn, momentColumn, refColumn } from "./columns";
import { tenants } from "./tenants";

/** A linked provider (an RMM, a PSA, Entra ID). Several of one kind may be linked. */
export const integrations = pgTable("integrations", {
  id: idColumn(),
  kind: text("kind").notNull(),
  name: text("name").notNull(),
  /** Settings with every secret encrypted. */
  settings: jsonb("settings").notNull(),
  enabled: boolean("enabled").notNull().default(true),
  createdAt: createdAtColumn(),
  lastSyncAt: momentColumn("last_sync_at"),
  lastError: text("last_error"),
});

/** A provider's client and the tenant it is linked to, by hand or by name. */
export const integrationClients = pgTable(
  "integration_clients",
  {
    id: idColumn(),
    integrationId: refColumn("integration_id")
      .notNull()
      .references(() => integrations.id, { onDelete: "cascade" }),
    externalId: text("external_id").notNull(),
    name: text("name").notNull(),
    tenantId: refColumn("tenant_id").references(() => tenants.id),
    linkedBy: text("linked_by", { enum: ["person", "name-match"] }),
  },
  (t) => [
    uniqueIndex("integration_clients_external").on(t.integrationId, t.externalId),
    index("integration_clients_tenant").on(t.tenantId),
  ],
);
