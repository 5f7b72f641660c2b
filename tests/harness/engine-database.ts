import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { type Database, type Db, openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import * as schema from "@/db/schema";
import * as engineSchema from "@/db/schema/engine";
import { createSessionLink, type EngineLink } from "@/inngest/embedded";
import { createDatabase } from "./postgres";

let count = 0;

/** A migrated database of its own on the shared server. */
export async function createEngineDatabase(serverUrl: string): Promise<Database & { url: string }> {
  count += 1;
  const url = await createDatabase(serverUrl, `engine_${process.pid}_${Date.now()}_${count}`);
  const database = await openDatabase(url);
  await migrateDatabase(database);
  return { ...database, url };
}

export async function emptyEngineTables(db: Db): Promise<void> {
  await db.execute(
    sql`truncate engine_waits, engine_steps, engine_runs, engine_events, engine_crons, engine_functions cascade`,
  );
}

export interface CuttableDatabase {
  db: Db;
  link: EngineLink;
  /** What `kill -9` does: connections break, nothing sent arrives any more, and no answer either. */
  cut(): void;
}

const never = () => new Promise<never>(() => {});

/** A database whose connection can be cut, so that an engine on it is as good as killed. */
export function openCuttable(url: string): CuttableDatabase {
  let isCut = false;
  const clients = new Set<pg.Client>();
  const track = <T extends pg.Client>(client: T): T => {
    client.on("error", () => {});
    clients.add(client);
    return client;
  };
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    track(client as unknown as pg.Client);
  });
  const answer = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const result = await work;
      return isCut ? await never() : result;
    } catch (error) {
      if (isCut) return never();
      throw error;
    }
  };
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<pg.PoolClient>;
  Object.assign(pool, {
    query: (...args: unknown[]) => (isCut ? never() : answer(query(...args))),
    connect: (callback?: unknown) =>
      // With a callback it is the pool asking itself, on behalf of `query`.
      callback
        ? connect(callback)
        : isCut
          ? never()
          : answer(connect()).then((client) => {
              const queryClient = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
              return new Proxy(client, {
                get: (target, key) => {
                  if (key === "query") return (...args: unknown[]) => (isCut ? never() : answer(queryClient(...args)));
                  const value: unknown = Reflect.get(target, key);
                  return typeof value === "function" ? value.bind(target) : value;
                },
              });
            }),
  });
  return {
    db: drizzle(pool, { schema: { ...schema, ...engineSchema } }),
    link: createSessionLink(() => track(new pg.Client({ connectionString: url }))),
    cut: () => {
      isCut = true;
      for (const client of clients) socketOf(client)?.destroy();
    },
  };
}

function socketOf(client: pg.Client): { destroy(): void } | undefined {
  const connection: unknown = Reflect.get(client, "connection");
  return typeof connection === "object" && connection !== null ? Reflect.get(connection, "stream") : undefined;
}
