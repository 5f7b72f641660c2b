import { fileURLToPath } from "node:url";
import { migrate as migrateNeon } from "drizzle-orm/neon-serverless/migrator";
import { migrate as migratePg } from "drizzle-orm/node-postgres/migrator";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import type { Database } from "./client";

const defaultFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** Brings the database to the newest schema. Doing it again does nothing. */
export async function migrateDatabase(database: Database, migrationsFolder = defaultFolder): Promise<void> {
  const migrators = { pg: migratePg, neon: migrateNeon, pglite: migratePglite, "pglite-socket": migratePg };
  // Each driver's migrator names its own database type for the same thing.
  await migrators[database.driver](database.db as never, { migrationsFolder });
}
