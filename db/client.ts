import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import * as schema from "./schema";
import * as engineSchema from "./schema/engine";

const allTables = { ...schema, ...engineSchema };
export type Schema = typeof allTables;

/** The database as everything above `db/` knows it, whatever driver is below. */
export type Db = PgDatabase<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;

export type DatabaseDriver = "pg" | "neon" | "pglite" | "pglite-socket";

export interface Database {
  readonly db: Db;
  readonly driver: DatabaseDriver;
  /**
   * Listens to NOTIFY on a connection of its own, opened anew when it is lost. Resolves when listening.
   * Where the driver cannot (PGlite, Neon's pooler), it never calls back and `listens` is false.
   */
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>;
  readonly listens: boolean;
  close(): Promise<void>;
}

/**
 * Which driver a database address asks for. `pglite:` runs in process, in memory or in the folder named;
 * `pglite+socket:` is a PGlite in another process, behind the socket in the folder named.
 */
export function driverOf(url: string): DatabaseDriver {
  if (url.startsWith("pglite+socket:")) return "pglite-socket";
  if (url.startsWith("pglite:")) return "pglite";
  const host = new URL(url).hostname;
  return host.endsWith(".neon.tech") || host.endsWith(".neon.build") ? "neon" : "pg";
}

/** Opens the database at `url`. The caller closes it. */
export async function openDatabase(
  url: string,
  options: { driver?: DatabaseDriver; maxConnections?: number } = {},
): Promise<Database> {
  const maxConnections = options.maxConnections ?? 10;
  switch (options.driver ?? driverOf(url)) {
    case "pg":
      return (await import("./drivers/pg")).openPg(url, allTables, maxConnections);
    case "pglite-socket":
      return (await import("./drivers/pg")).openPgliteSocket(url, allTables, maxConnections);
    case "neon":
      return (await import("./drivers/neon")).openNeon(url, allTables, maxConnections);
    case "pglite":
      return (await import("./drivers/pglite")).openPglite(url, allTables);
  }
}
