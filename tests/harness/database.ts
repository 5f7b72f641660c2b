import { PGlite } from "@electric-sql/pglite";
import { inject } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { fromPglite } from "@/db/drivers/pglite";
import { migrateDatabase } from "@/db/migrate";
import * as schema from "@/db/schema";
import * as engineSchema from "@/db/schema/engine";
import { startNeonProxy } from "./neon-proxy";
import { createDatabase, MIGRATED_TEMPLATE } from "./postgres";

let snapshot: Promise<Blob | File> | undefined;
let neonProxy: ReturnType<typeof startNeonProxy> | undefined;

/**
 * A database of one's own with the newest schema and nothing in it. PGlite, or what TEST_DATABASE says: `postgres`,
 * or `neon` for the same PostgreSQL through Neon's driver and a WebSocket.
 */
export async function createTestDatabase(): Promise<Database> {
  switch (process.env.TEST_DATABASE) {
    case "postgres":
      return openDatabase(await createMigrated());
    case "neon": {
      const url = await createMigrated();
      neonProxy ??= startNeonProxy(socketOf(url));
      await neonProxy;
      return openDatabase(`postgres://evenkeel@localhost${new URL(url).pathname}`, { driver: "neon" });
    }
    default:
      return createPgliteDatabase();
  }
}

/** A PGlite whatever TEST_DATABASE says. Migrated once a process, copied after that. */
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

/** A migrated database on the real PostgreSQL that all suites share; its address. */
export async function createMigrated(): Promise<string> {
  return createDatabase(inject("postgresUrl"), `test_${crypto.randomUUID().replaceAll("-", "")}`, MIGRATED_TEMPLATE);
}

const socketOf = (url: string) => `${new URL(url).searchParams.get("host")}/.s.PGSQL.5432`;
