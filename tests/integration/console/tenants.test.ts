import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tenants } from "@/db/schema";
import { ensureFirstTenants } from "@/server/services/tenants/ensure-first-tenants";
import { createWorld } from "./world";

describe("the tree of tenants", () => {
  it("keeps each tenant's ancestors, itself first and the provider last, through every move", async () => {
    const world = await createWorld();
    const admin = world.as(await world.actor("msp-admin"));
    const ids = [world.contosoId, world.contosoSiteId, world.fabrikamId];
    for (let n = 0; n < 4; n += 1) {
      ids.push((await admin.tenants.create({ parentId: ids[n] ?? 0, name: `Site ${n}`, timeZone: "UTC" })).id);
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(ids.length - 1), fc.nat(ids.length), async (what, where) => {
        const id = ids[what] ?? 0;
        const parentId = ids[where] ?? world.mspId;
        const before = await world.database.db.select().from(tenants);
        const isBelow = before.find((row) => row.id === parentId)?.ancestorIds.includes(id) ?? false;
        const moved = admin.tenants.update({ id, parentId });
        if (isBelow) await expect(moved).rejects.toMatchObject({ code: "CONFLICT" });
        else await moved;
        const after = await world.database.db.select().from(tenants);
        const parents = new Map(after.map((row) => [row.id, row.parentId]));
        const climb = (from: number): number[] => {
          const parent = parents.get(from) ?? null;
          return parent === null ? [from] : [from, ...climb(parent)];
        };
        for (const row of after) {
          expect(row.ancestorIds).toEqual(climb(row.id));
          expect(row.kind).toBe(
            row.ancestorIds.length === 1 ? "msp" : row.ancestorIds.length === 2 ? "customer" : "site",
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("is made once however often the product starts", async () => {
    const world = await createWorld();
    const ctx = world.runtime.systemContext("start");
    const again = await ensureFirstTenants({ ctx, input: { mspName: "Other", customerName: "Other" } });
    expect(again).toEqual({ mspTenantId: world.mspId, customerTenantId: world.contosoId });
    expect(await world.database.db.select().from(tenants)).toHaveLength(4);
  });

  it("gives tenants of the same name addresses of their own", async () => {
    const world = await createWorld();
    const admin = world.as(await world.actor("msp-admin"));
    const input = { parentId: world.mspId, name: "Ärlig & Co", timeZone: "UTC" };
    const slugs = [];
    for (let n = 0; n < 3; n += 1) slugs.push((await admin.tenants.get(await admin.tenants.create(input))).slug);
    expect(slugs).toEqual(["arlig-co", "arlig-co-2", "arlig-co-3"]);
  });

  it("archives only what is empty and named", async () => {
    const world = await createWorld();
    const admin = world.as(await world.actor("msp-admin"));
    const { fabrikamId: id } = world;
    await expect(admin.tenants.archive({ id, confirmedName: "fabrikam" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await expect(admin.tenants.archive({ id: world.contosoId, confirmedName: "Contoso" })).rejects.toThrow(
      /has 1 tenant below it; archive or move it first/,
    );
    const computerId = await world.addComputer(id, "last-one");
    await expect(admin.tenants.archive({ id, confirmedName: "Fabrikam" })).rejects.toThrow(
      /has 1 computer; archive or move it first/,
    );
    await admin.computers.archive({ id: computerId });
    await admin.tenants.archive({ id, confirmedName: "Fabrikam" });
    expect((await admin.tenants.list({})).rows.map((row) => row.id)).not.toContain(id);
    await expect(admin.tenants.create({ parentId: id, name: "Site", timeZone: "UTC" })).rejects.toThrow(/archived/);
  });

  it("refuses a time zone that does not exist, and says so by field", async () => {
    const world = await createWorld();
    const admin = world.as(await world.actor("msp-admin"));
    await expect(admin.tenants.update({ id: world.contosoId, timeZone: "Mars/Olympus" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});
