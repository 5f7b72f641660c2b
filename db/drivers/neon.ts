import { neonConfig, Pool } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-serverless";
import type { Database, Schema } from "../client";

/** Neon over WebSockets; its HTTP driver has no interactive transactions and is not offered. */
export async function openNeon(url: string, schema: Schema, maxConnections: number): Promise<Database> {
  if (globalThis.WebSocket === undefined) neonConfig.webSocketConstructor = (await import("ws")).default;
  const pool = new Pool({ connectionString: url, max: maxConnections });
  pool.on("error", () => {});
  return {
    db: drizzle(pool, { schema }),
    driver: "neon",
    listens: false,
    listen: async () => async () => {},
    close: () => pool.end(),
  };
}
