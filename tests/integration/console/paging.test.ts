import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { computers } from "@/db/schema";
import type { Actor } from "@/server/services/context";
import { createWorld, type World } from "./world";

const COMPUTERS = 23;

describe("lists", () => {
  let world: World;
  let admin: Actor;
  beforeAll(async () => {
    world = await createWorld({ keep: true });
    admin = await world.actor("msp-admin");
    for (let n = 0; n < COMPUTERS; n += 1) {
      // Names and moments repeat, and some were never seen, so that only the id makes the order total.
      await world.addComputer(n % 2 === 0 ? world.contosoId : world.fabrikamId, `pc-${n % 5}`, {
        lastSeenAt: n % 3 === 0 ? null : new Date(1_900_000_000_000 + (n % 4) * 1000),
      });
    }
  });
  afterAll(() => world.database.close());

  const list = (input: Parameters<ReturnType<World["as"]>["computers"]["list"]>[0]) =>
    world.as(admin).computers.list(input);

  /** All ids in the order asked for, by PostgreSQL alone. */
  const inOrder = async (by: string, descending: boolean) => {
    const column = { name: computers.name, lastSeenAt: computers.lastSeenAt, createdAt: computers.createdAt }[by];
    const order = sql.raw(descending ? "desc" : "asc");
    const found = await world.database.db
      .select({ id: computers.id })
      .from(computers)
      .orderBy(sql`${column} ${order} nulls last`, sql`${computers.id} ${order}`);
    return found.map((row) => row.id);
  };

  it("pages forward and back show every row once, in one total order, whatever the sort and the page's size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("name" as const, "lastSeenAt" as const, "createdAt" as const),
        fc.boolean(),
        fc.integer({ min: 1, max: 30 }),
        async (by, descending, limit) => {
          const expected = await inOrder(by, descending);
          const sort = { by, descending };
          const forward: number[] = [];
          let page = await list({ sort, limit });
          expect(page.previousCursor).toBeNull();
          for (;;) {
            forward.push(...page.rows.map((row) => row.id));
            if (page.nextCursor === null) break;
            page = await list({ sort, limit, cursor: page.nextCursor });
          }
          expect(forward).toEqual(expected);
          const backward = page.rows.map((row) => row.id);
          while (page.previousCursor !== null) {
            page = await list({ sort, limit, cursor: page.previousCursor, direction: "previous" });
            backward.unshift(...page.rows.map((row) => row.id));
          }
          expect(backward).toEqual(expected);
          expect(page).toMatchObject({ total: COMPUTERS, totalIsAtLeast: false });
        },
      ),
      { numRuns: 25 },
    );
  });

  it("rows that come and go between two pages neither repeat nor hide others", async () => {
    const first = await list({ limit: 5 });
    const gone = first.rows.at(-1)?.id ?? 0;
    await world.as(admin).computers.archive({ id: gone });
    const second = await list({ limit: 200, cursor: first.nextCursor });
    const rest = (await inOrder("name", false)).slice(5);
    expect(second.rows.map((row) => row.id)).toEqual(rest);
  });

  it.each([
    ["not a cursor at all", "%%%"],
    ["JSON of something else", Buffer.from('{"a":1}').toString("base64url")],
    ["made for another sorting", Buffer.from('[1,"createdAt-","x","1"]').toString("base64url")],
  ])("a cursor that is %s is refused as bad input", async (_, cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST", message: /first page/ });
  });

  it.each([
    '[1,"lastSeenAt+","tomorrow","1"]',
    '[1,"lastSeenAt+","2030-01-01 00:00:00+00","x"]',
    '[1,"lastSeenAt+",null,"99999999999999999999"]',
  ])(
    "a cursor whose values are not of their columns' types is refused as bad input, not as a fault: %s",
    async (text) => {
      const cursor = Buffer.from(text).toString("base64url");
      await expect(list({ cursor, sort: { by: "lastSeenAt", descending: false } })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    },
  );

  it("a page of more than 200 rows is refused, and what a field may not be is said by field", async () => {
    await expect(list({ limit: 201 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("the wildcards of a search are letters like any other", async () => {
    await world.addComputer(world.contosoId, "100%_sure");
    expect((await list({ search: "%_" })).rows.map((row) => row.name)).toEqual(["100%_sure"]);
    expect((await list({ search: "PC-4" })).total).toBeGreaterThan(0);
  });

  it("the tenant switcher narrows to a tenant and what is below it", async () => {
    const site = await world.addComputer(world.contosoSiteId, "at-the-site");
    const ids = (await list({ tenantId: world.contosoId, limit: 200 })).rows;
    expect(ids.map((row) => row.id)).toContain(site);
    expect(new Set(ids.map((row) => row.tenantId))).toEqual(new Set([world.contosoId, world.contosoSiteId]));
  });
});
