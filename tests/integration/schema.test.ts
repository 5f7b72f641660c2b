import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { rows } from "@/db/rows";
import { createTestDatabase } from "../harness/database";

it("every table of the schema is made by the migrations", async () => {
  const database = await createTestDatabase();
  const found = await rows<{ n: number }>(
    database.db,
    sql`select count(*)::int as n from information_schema.tables where table_schema = 'public'`,
  );
  expect(found[0]?.n).toBeGreaterThan(40);
  await database.close();
});
