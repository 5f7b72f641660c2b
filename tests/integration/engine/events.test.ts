import { describe, expect, it } from "vitest";
import { startEngine } from "../../harness/engine";

describe("events", () => {
  it("start every function they trigger, once each, with the event as it was sent", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "one", triggers: [{ event: "events/fan" }] }, ({ event, runId }) => ({
        from: "one",
        name: event.name,
        data: event.data,
        ts: event.ts,
        runId,
      })),
      client.createFunction({ id: "two", triggers: [{ event: "events/fan" }] }, () => ({ from: "two" })),
      client.createFunction({ id: "other", triggers: [{ event: "events/else" }] }, () => ({ from: "other" })),
    ]);
    const ts = Date.now() - 5000;
    const [id = ""] = await engine.send({ name: "events/fan", data: { x: [1, { y: "ü" }] }, ts });
    const runs = await engine.ended(id, 2);
    const outputs = runs.map((run) => run.output as { from: string; runId?: string });
    expect(outputs.map((output) => output.from).sort()).toEqual(["one", "two"]);
    const one = runs.find((run) => (run.output as { from: string }).from === "one");
    expect(one).toMatchObject({ output: { name: "events/fan", data: { x: [1, { y: "ü" }] }, ts, runId: one?.run_id } });
  });

  it("sent together get an id each, in order", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "echo", triggers: [{ event: "events/echo" }] }, ({ event }) => event.data.n),
    ]);
    const ids = await engine.send(...[1, 2, 3].map((n) => ({ name: "events/echo", data: { n } })));
    expect(new Set(ids).size).toBe(3);
    const outputs = await Promise.all(ids.map(async (id) => (await engine.end(id)).output));
    expect(outputs).toEqual([1, 2, 3]);
  });

  it("with an id seen before start nothing again, in one request or in several", async () => {
    const ran: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction({ id: "once", triggers: [{ event: "events/once" }] }, async ({ event, step }) => {
        await step.run("count", () => ran.push(event.id ?? ""));
      }),
    ]);
    const id = `unique-${Date.now()}`;
    const [first = ""] = await engine.send({ id, name: "events/once" }, { id, name: "events/once" });
    await engine.ended(first);
    await engine.send({ id, name: "events/once" });
    await engine.advance(1500);
    expect(ran).toEqual([id]);
  });

  it("start a function only where its trigger's condition holds", async () => {
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "big", triggers: [{ event: "events/sized", if: "event.data.size >= 10 && event.data.kind == 'box'" }] },
        ({ event }) => event.data.size,
      ),
    ]);
    const ids = await engine.send(
      { name: "events/sized", data: { size: 9, kind: "box" } },
      { name: "events/sized", data: { size: 10, kind: "bag" } },
      { name: "events/sized", data: { size: 10, kind: "box" } },
      { name: "events/sized", data: {} },
    );
    const [, , third = ""] = ids;
    expect((await engine.end(third)).output).toBe(10);
    for (const id of ids) expect(await engine.runs(id)).toHaveLength(id === third ? 1 : 0);
  });

  it("start a function that has several triggers by each of them", async () => {
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "either", triggers: [{ event: "events/left" }, { event: "events/right" }] },
        ({ event }) => event.name,
      ),
    ]);
    const [left = "", right = ""] = await engine.send({ name: "events/left" }, { name: "events/right" });
    expect((await engine.end(left)).output).toBe("events/left");
    expect((await engine.end(right)).output).toBe("events/right");
  });

  it("sent by a step are sent once, however often the function is called", async () => {
    const received: number[] = [];
    const engine = await startEngine((client) => [
      client.createFunction({ id: "sender", triggers: [{ event: "events/send" }] }, async ({ step }) => {
        const { ids } = await step.sendEvent("tell", [
          { name: "events/told", data: { n: 1 } },
          { name: "events/told", data: { n: 2 } },
        ]);
        await step.run("after", () => {});
        await step.sleep("a while", "1s");
        return ids;
      }),
      client.createFunction({ id: "receiver", triggers: [{ event: "events/told" }] }, async ({ event, step }) => {
        await step.run("note", () => received.push(event.data.n));
        return event.data.n;
      }),
    ]);
    const [id = ""] = await engine.send({ name: "events/send" });
    await engine.advance(2000);
    const ids = (await engine.end(id)).output as string[];
    expect(await Promise.all(ids.map(async (told) => (await engine.end(told)).output))).toEqual([1, 2]);
    expect(received.sort()).toEqual([1, 2]);
  });

  it("of the engine's own tell of a function that ended", async () => {
    const ends: unknown[] = [];
    const engine = await startEngine((client) => [
      client.createFunction({ id: "worker", triggers: [{ event: "events/work" }] }, () => "done"),
      client.createFunction(
        {
          id: "watcher",
          triggers: [{ event: "inngest/function.finished", if: `event.data.function_id == "${client.id}-worker"` }],
        },
        async ({ event, step }) => {
          await step.run("note", () => ends.push(event.data.result));
        },
      ),
    ]);
    const [id = ""] = await engine.send({ name: "events/work" });
    await engine.end(id);
    await engine.advance(1500);
    expect(ends).toEqual(["done"]);
  });
});

describe("bad events", () => {
  it.each([
    ["no JSON", "{", 400],
    ["no name", { data: {} }, 400],
    ["an empty name", { name: "" }, 400],
    ["a name of the engine's own", { name: "inngest/function.failed", data: {} }, 400],
    ["a time that is none", { name: "events/bad", ts: "yesterday" }, 400],
  ])("are refused, and start nothing: %s", async (_, body, status) => {
    let ran = 0;
    const engine = await startEngine((client) => [
      client.createFunction({ id: "never", triggers: [{ event: "events/bad" }] }, () => {
        ran++;
      }),
    ]);
    const response = await engine.request("POST", "/e/test", body);
    expect(response.status).toBe(status);
    await engine.advance(200);
    expect(ran).toBe(0);
  });
});
