import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "@/server/start/postgres.mjs";

export interface TestPostgres {
  /** Address of the server's own database. */
  url: string;
  /** Makes an empty database, or a copy of `template`, and returns its address. */
  createDatabase(name: string, template?: string): Promise<string>;
  stop(): Promise<void>;
}

/** The name of the migrated database that tests copy. */
export const MIGRATED_TEMPLATE = "migrated";

/** Nothing a test writes has to survive the machine. */
const FAST_FLAGS = [
  "-c",
  "fsync=off",
  "-c",
  "full_page_writes=off",
  "-c",
  "synchronous_commit=off",
  "-c",
  "max_connections=200",
];

/** Starts a real PostgreSQL in a temporary folder, as another user when root, on a socket. */
export async function startTestPostgres(options: { durable?: boolean } = {}): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "evenkeel-test-"));
  // PostgreSQL may run as another user, who has to walk through here.
  await chmod(folder, 0o755);
  const server = await startPostgres({ folder, flags: options.durable ? [] : FAST_FLAGS });
  return {
    url: server.url,
    createDatabase: (name, template) => createDatabase(server.url, name, template),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a database on the server at `serverUrl`; for tests that got the address from the global set-up. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const from = template ? ` template ${client.escapeIdentifier(template)}` : "";
    await client.query(`create database ${client.escapeIdentifier(name)}${from}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
