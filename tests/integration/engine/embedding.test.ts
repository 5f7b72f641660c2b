import { sql } from "drizzle-orm";
import { Inngest } from "inngest";
import { serve } from "inngest/edge";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { rows } from "@/db/rows";
import { createEmbeddedEngine, createExclusiveLink, type Engine } from "@/inngest/embedded";
import { systemClock } from "@/server/ports/clock";
import { createPgliteDatabase } from "../../harness/database";
import { ENGINE_URL, type MakeFunctions, startEmbedded } from "../../harness/engine";
import { createEngineDatabase } from "../../harness/engine-database";

const twoSteps =
  (ran: unknown[]): MakeFunctions =>
  (client) => [
    client.createFunction({ id: "two", triggers: [{ event: "embed/two" }] }, async ({ event, step }) => {
      await step.run("one", () => ran.push(event.data.n));
      await step.sleep("nap", "10s");
      const answer = await step.waitForEvent("go", { event: "embed/go", timeout: "1h", match: "data.n" });
      return answer?.data.n;
    }),
  ];

describe.skipIf(ENGINE_URL)("events sent in a transaction of the caller's", () => {
  it("exist when it commits, and never when it does not", async () => {
    const ran: unknown[] = [];
    const { engine, db, advance } = await startEmbedded(twoSteps(ran));
    await db.transaction(async (tx) => {
      await engine.send([{ name: "embed/two", data: { n: 1 } }], tx);
      await advance(100);
      expect(ran).toEqual([]);
    });
    await db
      .transaction(async (tx) => {
        await engine.send([{ name: "embed/two", data: { n: 2 } }], tx);
        throw new Error("roll back");
      })
      .catch(() => {});
    // The commit itself tells the engine, by NOTIFY.
    await expect.poll(() => ran, { timeout: 5000, interval: 10 }).toEqual([1]);
    await advance(100);
    expect(ran).toEqual([1]);
  });
});

describe.skipIf(ENGINE_URL)("stopping", () => {
  it("lets the running step end, stores it, and leaves the rest for the next start", async () => {
    const ran: string[] = [];
    let entered: () => void = () => {};
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const engine = await startEmbedded((client) => [
      client.createFunction({ id: "stopped", triggers: [{ event: "embed/stopped" }] }, async ({ step }) => {
        await step.run("running", async () => {
          entered();
          await new Promise((resolve) => setTimeout(resolve, 100));
          ran.push("running");
        });
        await step.run("next", () => ran.push("next"));
        return "done";
      }),
    ]);
    const [id = ""] = await engine.send({ name: "embed/stopped" });
    await inside;
    await engine.engine.stop();
    expect(ran).toEqual(["running"]);
    const [run] = await rows<{ state: string; owner: number | null }>(
      engine.db,
      sql`select state, owner from engine_runs`,
    );
    expect(run).toEqual({ state: "ready", owner: null });
    await engine.crash();
    expect((await engine.end(id)).output).toBe("done");
    expect(ran).toEqual(["running", "next"]);
  });
});

describe.skipIf(ENGINE_URL)("two engines on one database", () => {
  it("share the work, and run no step twice", async () => {
    const ran: number[] = [];
    const engine = await startEmbedded(
      (client) => [
        client.createFunction(
          { id: "shared", concurrency: { limit: 5, key: "event.data.even" }, triggers: [{ event: "embed/shared" }] },
          async ({ event, step }) => {
            await step.run("a", () => ran.push(event.data.n));
            await step.run("b", () => ran.push(event.data.n));
            return event.data.n;
          },
        ),
        client.createFunction({ id: "free", triggers: [{ event: "embed/shared" }] }, async ({ event, step }) => {
          await step.run("c", () => ran.push(event.data.n));
          return event.data.n;
        }),
      ],
      { limits: { maxActiveRuns: 10 } },
    );
    await engine.startAnother();
    const count = 200;
    const ids = await engine.send(
      ...Array.from({ length: count }, (_, n) => ({ name: "embed/shared", data: { n, even: n % 2 === 0 } })),
    );
    await expect
      .poll(
        async () =>
          (
            await rows<{ left: number }>(
              engine.db,
              sql`select count(*)::int as left from engine_runs where state <> 'done'`,
            )
          )[0]?.left,
        {
          timeout: 30_000,
          interval: 50,
        },
      )
      .toBe(0);
    for (const id of ids) expect(await engine.ended(id, 2)).toHaveLength(2);
    for (let n = 0; n < count; n++) expect(ran.filter((each) => each === n)).toHaveLength(3);
  });

  it("wake a run in the other's hands when its event comes", async () => {
    const engine = await startEmbedded((client) => [
      client.createFunction({ id: "hands", triggers: [{ event: "embed/hands" }] }, async ({ step }) => {
        const [answer] = await Promise.all([
          step.waitForEvent("answer", { event: "embed/answer", timeout: "1h" }),
          // Keeps the run in one engine's hands while the event reaches the other.
          step.run("long", () => new Promise((resolve) => setTimeout(resolve, 300))),
        ]);
        return answer?.data.n;
      }),
    ]);
    const another = await engine.startAnother();
    const [id = ""] = await engine.send({ name: "embed/hands" });
    await new Promise((resolve) => setTimeout(resolve, 150));
    await another.send([{ name: "embed/answer", data: { n: 5 } }]);
    await expect
      .poll(async () => (await engine.runs(id))[0], { timeout: 5000 })
      .toMatchObject({ status: "Completed", output: 5 });
  });
});

describe.skipIf(ENGINE_URL)("a database that goes away", () => {
  it("costs a run no attempt: every connection is broken in the middle of a step", async () => {
    const ran: string[] = [];
    const engine = await startEmbedded((client) => [
      client.createFunction({ id: "cut-off", retries: 0, triggers: [{ event: "embed/cut-off" }] }, async ({ step }) => {
        await step.run("before", () => ran.push("before"));
        await step.run("breaks", async () => {
          ran.push("breaks");
          if (ran.length > 2) return;
          await engine.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()`);
        });
        await step.run("after", () => ran.push("after"));
        return "done";
      }),
    ]);
    const [id = ""] = await engine.send({ name: "embed/cut-off" });
    await engine.advance(10_000);
    expect(await engine.end(id)).toMatchObject({ status: "Completed", output: "done" });
    expect(ran.filter((name) => name !== "breaks")).toEqual(["before", "after"]);
  });
});

describe.skipIf(ENGINE_URL)("PGlite", () => {
  it("carries the engine on its one connection, through sleeps, waits and a kill", async () => {
    const { db, close } = await createPgliteDatabase();
    onTestFinished(() => close());
    const ran: unknown[] = [];
    const link = createExclusiveLink();
    const engine = await startEmbedded(twoSteps(ran), { on: { db, link } });
    const ids = await engine.send(...[1, 2, 3].map((n) => ({ name: "embed/two", data: { n } })));
    await engine.advance(11_000);
    await link.close();
    await engine.crash();
    await engine.send(...[3, 2, 1].map((n) => ({ name: "embed/go", data: { n } })));
    for (const [index, id] of ids.entries()) expect((await engine.end(id)).output).toBe(index + 1);
    expect(ran).toEqual([1, 2, 3]);
  });
});

describe.skipIf(ENGINE_URL)("signed requests", () => {
  it("are what a handler in cloud mode obeys, and nothing else", async () => {
    const database = await createEngineDatabase(inject("postgresUrl"));
    const signingKey = "signkey-test-00112233445566778899aabbccddeeff";
    let engine: Engine;
    const client = new Inngest({
      id: "signed",
      isDev: false,
      signingKey,
      eventKey: "test",
      baseUrl: "http://engine.test",
      fetch: (input, init) => engine.fetch(new Request(input, init)),
      internalLogger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    });
    let ran = 0;
    const handler = serve({
      client,
      functions: [
        client.createFunction({ id: "guarded", triggers: [{ event: "embed/guarded" }] }, async ({ event, step }) => {
          await step.run("count", () => {
            ran++;
          });
          return event.data;
        }),
      ],
    });
    engine = createEmbeddedEngine({ db: database.db, clock: systemClock, transport: handler, signingKey });
    await engine.start();
    onTestFinished(async () => {
      await engine.stop();
      await database.close();
    });
    const data = { z: 1, a: [{ ü: "x", "\u{1F600}": 1.5e300, b: -0.0000001 }], text: 'quote " and \u2028' };
    const { ids } = await client.send({ name: "embed/guarded", data });
    await engine.idle();
    const response = await engine.fetch(new Request(`http://engine.test/v1/events/${ids[0]}/runs`));
    expect(await response.json()).toMatchObject({ data: [{ status: "Completed", output: data }] });
    expect(ran).toBe(1);

    const forged = await handler(
      new Request("http://app/api/inngest?fnId=signed-guarded&stepId=step", {
        method: "POST",
        headers: { host: "app", "x-inngest-signature": `t=${Math.round(Date.now() / 1000)}&s=${"0".repeat(64)}` },
        body: JSON.stringify({
          event: { name: "embed/guarded", data: {} },
          events: [],
          steps: {},
          ctx: { run_id: "x" },
        }),
      }),
    );
    expect(forged.status).toBe(401);
    expect(ran).toBe(1);
  });
});

describe.skipIf(ENGINE_URL)("old runs", () => {
  it("are forgotten with their events when they have been kept long enough, and waiting ones never", async () => {
    const day = 86_400_000;
    const engine = await startEmbedded(
      (client) => [
        client.createFunction({ id: "short", triggers: [{ event: "embed/short" }] }, ({ step }) =>
          step.run("x", () => 1),
        ),
        client.createFunction({ id: "long", triggers: [{ event: "embed/long" }] }, ({ step }) =>
          step.sleep("x", "100d"),
        ),
      ],
      { limits: { sweepSeconds: 86_400, retentionDays: 10 } },
    );
    await engine.send({ name: "embed/short" }, { name: "embed/long" }, { name: "embed/nothing" });
    await engine.advance(9 * day);
    expect(await counts(engine.db)).toEqual({ runs: 2, events: 3, steps: 2 });
    await engine.advance(3 * day);
    expect(await counts(engine.db)).toEqual({ runs: 1, events: 1, steps: 1 });
  });

  async function counts(db: Parameters<typeof rows>[0]) {
    const [row] = await rows<Record<string, number>>(
      db,
      sql`select (select count(*)::int from engine_runs) as runs, (select count(*)::int from engine_events) as events,
        (select count(*)::int from engine_steps) as steps`,
    );
    return row;
  }
});
