import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import type { Database, Schema } from "../client";

/** PGlite in process: for tests, and behind a socket in a process of its own for `npm start`. */
export async function openPglite(url: string, schema: Schema): Promise<Database> {
  const folder = url.slice("pglite:".length);
  const client = await PGlite.create(folder === "" ? undefined : folder);
  return fromPglite(client, schema);
}

export function fromPglite(client: PGlite, schema: Schema): Database {
  return {
    db: drizzle(client, { schema }),
    driver: "pglite",
    listens: true,
    listen: async (channel, onMessage) => {
      const stop = await client.listen(channel, onMessage);
      return () => stop();
    },
    close: () => client.close(),
  };
}
