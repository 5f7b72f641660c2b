import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCatalog } from "@/db/catalog/read-catalog";
import type { Database } from "@/db/client";
import { auditLog, items, scripts } from "@/db/schema";
import { loadCatalog } from "@/server/services/catalog/load-catalog";
import { systemContextOn } from "../harness/contexts";
import { createTestDatabase } from "../harness/database";

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

describe("the global catalogue", () => {
  it("passes its schema, and every script it names is there", async () => {
    const catalog = await readCatalog("db/catalog");
    expect(catalog.software.size).toBeGreaterThanOrEqual(8);
    expect(catalog.tasks.size).toBeGreaterThanOrEqual(4);
  });

  it("is loaded once: loading it again changes nothing, a changed script becomes a new version", async () => {
    const catalog = await readCatalog("db/catalog");
    const ctx = systemContextOn(database);
    expect(await loadCatalog({ ctx, input: catalog })).toEqual({ changed: true });
    expect(await loadCatalog({ ctx, input: catalog })).toEqual({ changed: false });
    expect(await database.db.select().from(auditLog)).toHaveLength(1);

    const [file, script] = [...catalog.scripts][0] ?? [];
    if (!file || !script) throw new Error("The catalogue has no scripts");
    const edited = new Map(catalog.scripts).set(file, { ...script, body: `${script.body}\n# edited` });
    await loadCatalog({ ctx, input: { ...catalog, scripts: edited, hash: "another" } });
    const [row] = await database.db.select().from(scripts).where(eq(scripts.slug, script.slug));
    expect(row?.currentVersion).toBe(2);
  });

  it("retires what has left it, and brings it back when it returns", async () => {
    const catalog = await readCatalog("db/catalog");
    const ctx = systemContextOn(database);
    const fewer = new Map(catalog.software);
    fewer.delete("jq");
    await loadCatalog({ ctx, input: { ...catalog, software: fewer, hash: "fewer" } });
    const jq = () => database.db.select().from(items).where(eq(items.slug, "jq"));
    expect((await jq())[0]?.deletedAt).toBeInstanceOf(Date);
    await loadCatalog({ ctx, input: catalog });
    expect((await jq())[0]?.deletedAt).toBeNull();
  });
});
