import { describe, expect, it } from "vitest";
import { ENGINE_URL, startEmbedded, startEngine } from "../../harness/engine";

/** Counts how many are inside at once; everyone stays until a turn has passed. */
function createGauge() {
  const inside = new Map<string, number>();
  const most = new Map<string, number>();
  return {
    most,
    visit: async (key: string, stayMs = 20) => {
      const now = (inside.get(key) ?? 0) + 1;
      inside.set(key, now);
      most.set(key, Math.max(most.get(key) ?? 0, now));
      await new Promise((resolve) => setTimeout(resolve, stayMs));
      inside.set(key, (inside.get(key) ?? 0) - 1);
    },
  };
}

describe("concurrency", () => {
  it("holds steps back beyond the limit, and loses none", async () => {
    const gauge = createGauge();
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "limited", concurrency: 2, triggers: [{ event: "flow/limited" }] },
        async ({ event, step }) => {
          await step.run("inside", () => gauge.visit("all"));
          return event.data.n;
        },
      ),
    ]);
    const ids = await engine.send(...Array.from({ length: 8 }, (_, n) => ({ name: "flow/limited", data: { n } })));
    const outputs: unknown[] = [];
    for (const id of ids) outputs.push((await engine.end(id)).output);
    expect(outputs).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(gauge.most.get("all")).toBe(2);
  });

  it("with a key holds back only those of the same key", async () => {
    const gauge = createGauge();
    const engine = await startEngine((client) => [
      client.createFunction(
        {
          id: "keyed",
          concurrency: [{ limit: 1, key: "event.data.computer" }, { limit: 3 }],
          triggers: [{ event: "flow/keyed" }],
        },
        async ({ event, step }) => {
          await step.run("inside", () => Promise.all([gauge.visit(event.data.computer, 60), gauge.visit("all", 60)]));
        },
      ),
    ]);
    const ids = await engine.send(
      ...["a", "a", "a", "b", "b", "c", "d", "e"].map((computer) => ({ name: "flow/keyed", data: { computer } })),
    );
    for (const id of ids) await engine.end(id);
    for (const key of ["a", "b", "c", "d", "e"]) expect(gauge.most.get(key)).toBe(1);
    expect(gauge.most.get("all")).toBeGreaterThan(1);
    expect(gauge.most.get("all")).toBeLessThanOrEqual(3);
  });

  it("is not used up by runs that sleep", async () => {
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "sleepers", concurrency: 1, triggers: [{ event: "flow/sleepers" }] },
        async ({ step }) => {
          await step.sleep("long", "3s");
          return "up";
        },
      ),
    ]);
    const ids = await engine.send({ name: "flow/sleepers" }, { name: "flow/sleepers" }, { name: "flow/sleepers" });
    await engine.advance(4500);
    for (const id of ids) expect((await engine.end(id)).output).toBe("up");
  });
});

describe.skipIf(ENGINE_URL)("priority", () => {
  it("lets those with more of it go first, and the rest in the order they came", async () => {
    const order: string[] = [];
    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const engine = await startEmbedded((client) => [
      client.createFunction(
        {
          id: "queue",
          concurrency: 1,
          priority: { run: "event.data.kind == 'ad-hoc' ? 600 : (event.data.kind == 'onboarding' ? 300 : 0)" },
          triggers: [{ event: "flow/queue" }],
        },
        async ({ event, step }) => {
          await step.run("work", async () => {
            order.push(event.data.name);
            await gate;
          });
        },
      ),
    ]);
    await engine.send({ name: "flow/queue", data: { name: "first", kind: "scheduled" } });
    while (order.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const ids: string[] = [];
    for (const [name, kind] of [
      ["s1", "scheduled"],
      ["s2", "scheduled"],
      ["o1", "onboarding"],
      ["a1", "ad-hoc"],
      ["a2", "ad-hoc"],
    ]) {
      ids.push(...(await engine.send({ name: "flow/queue", data: { name, kind } })));
    }
    open();
    for (const id of ids) await engine.end(id);
    expect(order).toEqual(["first", "a1", "a2", "o1", "s1", "s2"]);
  });
});

describe("cancelling", () => {
  it("by an event that matches ends the run where it waits, and no other", async () => {
    const ran: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction(
        {
          id: "cancellable",
          triggers: [{ event: "flow/cancellable" }],
          cancelOn: [
            { event: "flow/cancelled", match: "data.session" },
            { event: "flow/purged", if: "async.data.from <= event.data.session" },
          ],
        },
        async ({ event, step }) => {
          await step.sleep("wait", "4s");
          await step.run("after", () => ran.push(event.data.session));
        },
      ),
    ]);
    const [one = "", two = "", three = ""] = await engine.send(
      ...[1, 2, 3].map((session) => ({ name: "flow/cancellable", data: { session } })),
    );
    await engine.runs(one);
    await engine.send({ name: "flow/cancelled", data: { session: 2 } }, { name: "flow/purged", data: { from: 3 } });
    await engine.advance(6000);
    expect((await engine.end(one)).status).toBe("Completed");
    expect((await engine.end(two)).status).toBe("Cancelled");
    expect((await engine.end(three)).status).toBe("Cancelled");
    expect(ran).toEqual([1]);
  });

  it("by the interface ends one run; doing it again finds none", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "stoppable", triggers: [{ event: "flow/stoppable" }] }, async ({ step }) => {
        await step.sleep("wait", "1h");
      }),
    ]);
    const [id = ""] = await engine.send({ name: "flow/stoppable" });
    const [run] = await engine.runs(id);
    expect((await engine.request("DELETE", `/v1/runs/${run?.run_id}`)).ok).toBe(true);
    expect((await engine.end(id)).status).toBe("Cancelled");
    expect((await engine.request("DELETE", `/v1/runs/${run?.run_id}`)).ok).toBe(false);
  });

  it.skipIf(ENGINE_URL)("in bulk ends the runs meant, by function, time and event", async () => {
    const engine = await startEmbedded((client) => [
      client.createFunction({ id: "bulk", triggers: [{ event: "flow/bulk" }] }, async ({ step }) => {
        await step.sleep("wait", "1h");
      }),
    ]);
    const ids = await engine.send(...[1, 2, 3].map((n) => ({ name: "flow/bulk", data: { n } })));
    await engine.runs(ids[0] ?? "");
    const now = engine.clock.now().getTime();
    const cancellation = {
      app_id: engine.client.id,
      function_id: "bulk",
      started_after: new Date(now - 1000).toISOString(),
      started_before: new Date(now + 1000).toISOString(),
      if: "event.data.n >= 2",
    };
    expect(await (await engine.request("POST", "/v1/cancellations", cancellation)).json()).toEqual({
      data: { cancelled: 2 },
    });
    const statuses = [];
    for (const id of ids) statuses.push(...(await engine.runs(id)).map((run) => run.status));
    expect(statuses).toEqual(["Running", "Cancelled", "Cancelled"]);
  });

  it("while a step runs lets the step end and nothing after it", async () => {
    const ran: string[] = [];
    let entered: () => void = () => {};
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "busy", triggers: [{ event: "flow/busy" }], cancelOn: [{ event: "flow/stop" }] },
        async ({ step }) => {
          await step.run("long", async () => {
            entered();
            await new Promise((resolve) => setTimeout(resolve, 1500));
            ran.push("long");
          });
          await step.run("next", () => ran.push("next"));
        },
      ),
    ]);
    const [id = ""] = await engine.send({ name: "flow/busy" });
    await inside;
    await engine.send({ name: "flow/stop" });
    expect((await engine.end(id)).status).toBe("Cancelled");
    await engine.advance(2000);
    expect(ran).toEqual(["long"]);
  });

  it("an invoked function makes its caller's step fail", async () => {
    const engine = await startEngine((client) => {
      const child = client.createFunction(
        { id: "child", triggers: [{ event: "flow/child" }], cancelOn: [{ event: "flow/no-child" }] },
        async ({ step }) => {
          await step.sleep("long", "1h");
        },
      );
      return [
        child,
        client.createFunction({ id: "parent", retries: 0, triggers: [{ event: "flow/parent" }] }, async ({ step }) => {
          try {
            await step.invoke("child", { function: child, data: {} });
            return "no error";
          } catch {
            return "child is gone";
          }
        }),
      ];
    });
    const [id = ""] = await engine.send({ name: "flow/parent" });
    await engine.runs(id);
    await engine.send({ name: "flow/no-child" });
    expect((await engine.end(id)).output).toBe("child is gone");
  });
});

describe("idempotency", () => {
  it("starts a function once for the same key", async () => {
    const ran: number[] = [];
    const engine = await startEngine((client) => [
      client.createFunction(
        {
          id: "idempotent",
          idempotency: "event.data.cart + '-' + event.data.kind",
          triggers: [{ event: "flow/cart" }],
        },
        async ({ event, step }) => {
          await step.run("note", () => ran.push(event.data.n));
        },
      ),
    ]);
    const [id = ""] = await engine.send({ name: "flow/cart", data: { cart: "c1", kind: "x", n: 1 } });
    await engine.end(id);
    const [, other = ""] = await engine.send(
      { name: "flow/cart", data: { cart: "c1", kind: "x", n: 2 } },
      { name: "flow/cart", data: { cart: "c2", kind: "x", n: 3 } },
    );
    await engine.end(other);
    expect(ran).toEqual([1, 3]);
  });
});

describe("singleton", () => {
  it("starts no second run of a key while one is not over", async () => {
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "single", singleton: { key: "event.data.computer", mode: "skip" }, triggers: [{ event: "flow/single" }] },
        async ({ step }) => {
          await step.sleep("a while", "2s");
        },
      ),
    ]);
    const [first = ""] = await engine.send({ name: "flow/single", data: { computer: "a" } });
    await engine.runs(first);
    const [again = "", other = ""] = await engine.send(
      { name: "flow/single", data: { computer: "a" } },
      { name: "flow/single", data: { computer: "b" } },
    );
    await engine.advance(4000);
    await engine.end(first);
    await engine.end(other);
    expect((await engine.runs(again)).filter((run) => run.status === "Completed")).toEqual([]);
    const [later = ""] = await engine.send({ name: "flow/single", data: { computer: "a" } });
    await engine.advance(4000);
    expect((await engine.end(later)).status).toBe("Completed");
  });
});

describe.skipIf(ENGINE_URL)("cron", () => {
  it("starts the function at each tick, in the time zone named", async () => {
    const ticks: string[] = [];
    const engine = await startEmbedded((client) => [
      client.createFunction({ id: "hourly", triggers: [{ cron: "30 * * * *" }] }, async ({ event, step }) => {
        await step.run("note", () => ticks.push(`hourly ${new Date(event.ts ?? 0).toISOString().slice(11, 16)}`));
      }),
      client.createFunction(
        { id: "daily", triggers: [{ cron: "TZ=Europe/Paris 0 3 * * *" }] },
        async ({ event, step }) => {
          await step.run("note", () => ticks.push(`daily ${new Date(event.ts ?? 0).toISOString().slice(11, 16)}`));
        },
      ),
    ]);
    await engine.advance(3 * 3_600_000);
    expect(ticks).toEqual(["hourly 00:30", "hourly 01:30", "daily 02:00", "hourly 02:30"]);
  });

  it("makes up once for ticks that were missed", async () => {
    const ticks: string[] = [];
    const engine = await startEmbedded((client) => [
      client.createFunction({ id: "missed", triggers: [{ cron: "0 * * * *" }] }, async ({ step }) => {
        await step.run("note", () => ticks.push(engine.clock.now().toISOString().slice(11, 16)));
      }),
    ]);
    await engine.engine.stop();
    await engine.advance(5.5 * 3_600_000);
    expect(ticks).toEqual([]);
    await engine.crash();
    await engine.clock.settle();
    expect(ticks).toEqual(["05:30"]);
    await engine.advance(3_600_000);
    expect(ticks).toEqual(["05:30", "06:00"]);
  });

  it("starts one run a tick, however many engines see it", async () => {
    let ran = 0;
    const engine = await startEmbedded((client) => [
      client.createFunction({ id: "shared-tick", triggers: [{ cron: "0 * * * *" }] }, async ({ step }) => {
        await step.run("note", () => {
          ran++;
        });
      }),
    ]);
    await engine.startAnother();
    await engine.startAnother();
    await engine.advance(3 * 3_600_000);
    expect(ran).toBe(3);
  });
});

describe.skipIf(ENGINE_URL)("options the embedded engine does not have", () => {
  it.each([
    ["batchEvents", { batchEvents: { maxSize: 10, timeout: "5s" } }],
    ["rateLimit", { rateLimit: { limit: 1, period: "1h" } }],
    ["throttle", { throttle: { limit: 1, period: "1h" } }],
    ["debounce", { debounce: { period: "1m" } }],
    ["timeouts", { timeouts: { finish: "10s" } }],
    ["singleton", { singleton: { mode: "cancel" } }],
    ["jitter", { triggers: [{ cron: "0 * * * *", jitter: "10m" }] }],
    ["`matches()`", { idempotency: "event.data.x.matches('a')" }],
    ["`other`", { priority: { run: "other.data.x" } }],
    ['"61 * * * *"', { triggers: [{ cron: "61 * * * *" }] }],
  ] as const)("are refused at registration, by name: %s", async (named, options) => {
    const starting = startEmbedded((client) => [
      client.createFunction({ id: "refused", triggers: [{ event: "flow/refused" }], ...(options as object) }, () => {}),
    ]);
    await expect(starting).rejects.toThrow(named);
    await expect(starting).rejects.toThrow("refused");
  });
});
