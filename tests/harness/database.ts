import { PGlite } from "@electric-sql/pglite";
import { type Database, openDatabase } from "@/db/client";
import { fromPglite } from "@/db/drivers/pglite";
import { migrateDatabase } from "@/db/migrate";
import * as schema from "@/db/schema";
import * as engineSchema from "@/db/schema/engine";

let snapshot: Promise<Blob | File> | undefined;

/** A PGlite of its own with the newest schema and nothing in it. Migrated once a process, copied after that. */
export async function createPgliteDatabase(): Promise<Database> {
  snapshot ??= makeSnapshot();
  const client = await PGlite.create({ loadDataDir: await snapshot });
  return fromPglite(client, { ...schema, ...engineSchema });
}

async function makeSnapshot() {
  const client = await PGlite.create();
  const database = fromPglite(client, { ...schema, ...engineSchema });
  await migrateDatabase(database);
  const dump = await client.dumpDataDir("none");
  await client.close();
  return dump;
}

/** Opens and migrates the database at `url`. */
export async function openMigrated(url: string): Promise<Database> {
  const database = await openDatabase(url);
  await migrateDatabase(database);
  return database;
}
