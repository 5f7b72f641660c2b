import type { TestProject } from "vitest/node";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { MIGRATED_TEMPLATE, startTestPostgres } from "./postgres";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the PostgreSQL that all integration tests of this run share. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for all test files; each makes databases of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  const template = await openDatabase(await postgres.createDatabase(MIGRATED_TEMPLATE));
  await migrateDatabase(template);
  await template.close();
  project.provide("postgresUrl", postgres.url);
  return () => postgres.stop();
}
