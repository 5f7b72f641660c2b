import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import type { Executor } from "./types";

/** How engines on one database know of each other: who is alive, and that there is news. */
export interface EngineLink {
  /** Declares this engine alive until the process dies or `close` is called, and listens for news. */
  open(engineId: number, onNews: (payload: string) => void): Promise<void>;
  /** Ids of the engines alive on this database. */
  alive(db: Executor): Promise<number[]>;
  /** Whether news reaches other engines: when not, nobody else is there to tell. */
  readonly notifies: boolean;
  close(): Promise<void>;
}

export const NEWS_CHANNEL = "evenkeel_engine";

/** First half of the advisory lock every live engine holds; the second is its id. */
const LOCK_CLASS = 0x45564b;

/** The little of a node-postgres client that a link needs. */
interface SessionClient {
  connect(): Promise<unknown>;
  query(text: string, values?: unknown[]): Promise<unknown>;
  on(event: string, listener: (value: { payload?: string }) => void): unknown;
  end(): Promise<void>;
}

const RECONNECT_DELAY_MS = 1000;

/**
 * A link over a connection of its own: an advisory lock that lives exactly as long as the connection says who is alive,
 * so that a killed engine is known to be dead at once; LISTEN brings the news.
 */
export function createSessionLink(connect: () => SessionClient): EngineLink {
  let client: SessionClient | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const open = async (engineId: number, onNews: (payload: string) => void): Promise<void> => {
    const next = connect();
    next.on("notification", (message) => onNews(message.payload ?? ""));
    next.on("error", () => {});
    next.on("end", () => reopen(engineId, onNews));
    await next.connect();
    await next.query("select pg_advisory_lock($1, $2)", [LOCK_CLASS, engineId]);
    await next.query(`listen ${NEWS_CHANNEL}`);
    client = next;
    if (closed) await next.end();
  };
  const reopen = (engineId: number, onNews: (payload: string) => void) => {
    if (closed) return;
    clearTimeout(retry);
    // News may have been missed while the connection was away.
    retry = setTimeout(
      () =>
        open(engineId, onNews)
          .then(() => onNews(""))
          .catch(() => reopen(engineId, onNews)),
      RECONNECT_DELAY_MS,
    );
  };

  return {
    open,
    notifies: true,
    alive: async (db) => {
      const found = await rows<{ id: number }>(
        db,
        sql`select objid::int as id from pg_locks where locktype = 'advisory' and classid = ${LOCK_CLASS} and objsubid = 2
          and granted and database = (select oid from pg_database where datname = current_database())`,
      );
      return found.map((row) => row.id);
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}

const aliveHere = new Set<number>();

/**
 * A link for a database that serves one process only, as PGlite does: whoever else once held a run is dead.
 * Engines of this process do not see each other's news.
 */
export function createExclusiveLink(): EngineLink {
  let id: number | undefined;
  return {
    open: async (engineId) => {
      id = engineId;
      aliveHere.add(engineId);
    },
    notifies: false,
    alive: async () => [...aliveHere],
    close: async () => {
      if (id !== undefined) aliveHere.delete(id);
    },
  };
}

/** The link that fits the driver below a drizzle database. */
export async function linkFor(db: Executor): Promise<EngineLink> {
  const pool = poolBelow(db);
  if (!pool || (await isSingleSession(db))) return createExclusiveLink();
  return createSessionLink(() => new pool.Client(pool.options));
}

interface PoolLike {
  Client: new (options: unknown) => SessionClient;
  options: unknown;
}

/** node-postgres and Neon pools carry the client class and the options they connect with. */
function poolBelow(db: object): PoolLike | undefined {
  const client: unknown = Reflect.get(db, "$client");
  if (typeof client !== "object" || client === null) return undefined;
  return isPool(client) ? client : undefined;
}

const isPool = (client: object): client is PoolLike => "Client" in client && "options" in client;

/** PGlite behind a socket gives every connection the same session: locks there outlive the process that took them. */
async function isSingleSession(db: Executor): Promise<boolean> {
  const [row] = await rows<{ version: string }>(db, sql`select version() as version`);
  return /emcc|wasm|emscripten/i.test(row?.version ?? "");
}
