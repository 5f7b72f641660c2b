import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Database, Schema } from "../client";

/** Any PostgreSQL, the embedded one on its socket included. */
export async function openPg(url: string, schema: Schema, maxConnections: number): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: maxConnections, idleTimeoutMillis: 30_000 });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  return {
    db: drizzle(pool, { schema }),
    driver: "pg",
    listens: true,
    listen: (channel, onMessage) => listenOn(url, channel, onMessage),
    close: () => pool.end(),
  };
}

/** A PGlite in another process: speaks as PostgreSQL does, but its NOTIFY reaches nobody through the socket. */
export async function openPgliteSocket(url: string, schema: Schema, maxConnections: number): Promise<Database> {
  const folder = url.slice("pglite+socket://".length);
  const opened = await openPg(
    `postgres:///postgres?host=${encodeURIComponent(folder)}&user=postgres`,
    schema,
    maxConnections,
  );
  return { ...opened, driver: "pglite-socket", listens: false, listen: async () => async () => {} };
}

const RECONNECT_DELAY_MS = 1000;

async function listenOn(url: string, channel: string, onMessage: (payload: string) => void) {
  let stopped = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  const connect = async () => {
    const next = new pg.Client({ connectionString: url });
    next.on("notification", (message) => onMessage(message.payload ?? ""));
    next.on("error", () => {});
    next.on("end", () => {
      if (!stopped) retry = setTimeout(() => connect().catch(scheduleRetry), RECONNECT_DELAY_MS);
    });
    await next.connect();
    await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    client = next;
  };
  const scheduleRetry = () => {
    if (!stopped) retry = setTimeout(() => connect().catch(scheduleRetry), RECONNECT_DELAY_MS);
  };
  await connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end();
  };
}
