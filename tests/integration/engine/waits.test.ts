import { describe, expect, it } from "vitest";
import { ENGINE_URL, startEngine } from "../../harness/engine";

describe("step.waitForEvent", () => {
  it("goes on with the event that matches, and with no other", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "waiter", triggers: [{ event: "waits/begin" }] }, async ({ step }) => {
        const event = await step.waitForEvent("job", { event: "waits/finished", timeout: "1h", match: "data.job" });
        return event?.data.exit;
      }),
    ]);
    const [one = "", two = ""] = await engine.send(
      { name: "waits/begin", data: { job: "one" } },
      { name: "waits/begin", data: { job: 2 } },
    );
    await engine.runs(one);
    await engine.send(
      { name: "waits/finished", data: { job: "three", exit: 9 } },
      { name: "waits/finished", data: { job: "2", exit: 8 } },
      { name: "waits/else", data: { job: "one", exit: 7 } },
    );
    expect((await engine.runs(one)).map((run) => run.status)).toEqual(["Running"]);
    expect((await engine.runs(two)).map((run) => run.status)).toEqual(["Running"]);
    await engine.send({ name: "waits/finished", data: { job: "one", exit: 0 } });
    expect((await engine.end(one)).output).toBe(0);
    await engine.send({ name: "waits/finished", data: { job: 2, exit: 3 } });
    expect((await engine.end(two)).output).toBe(3);
  });

  it("gives null when the time is over", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "timeout", triggers: [{ event: "waits/timeout" }] }, async ({ step }) => {
        const event = await step.waitForEvent("late", { event: "waits/late", timeout: "2s" });
        return { event };
      }),
    ]);
    const [id = ""] = await engine.send({ name: "waits/timeout" });
    await engine.advance(4000);
    expect((await engine.end(id)).output).toEqual({ event: null });
    await engine.send({ name: "waits/late" });
    expect(await engine.runs(id)).toHaveLength(1);
  });

  const conditions: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ["async.data.job == event.data.job && async.data.exit > 0", { job: "j", exit: 0 }, { job: "j", exit: 1 }],
    ["event.data.job == async.data.job", { job: "k" }, { job: "j" }],
    ["async.data.tags[0] == 'urgent' || size(async.data.tags) >= 3", { tags: ["calm"] }, { tags: ["a", "b", "c"] }],
    ["async.data.kind in ['x', 'y']", { kind: "z" }, { kind: "y" }],
    ["!(async.data.ok == true)", { ok: true }, { ok: false }],
    ["async.data.nested['the key'].n == 1.5", { nested: { key: 1 } }, { nested: { "the key": { n: 1.5 } } }],
    ["async.data.flag ? async.data.n < 5 : async.data.n > 5", { flag: true, n: 6 }, { flag: false, n: 6 }],
  ];
  it.each(conditions)("goes on only when the condition holds: %s", async (condition, other, matching) => {
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "conditional", triggers: [{ event: `${client.id}/conditional` }] },
        async ({ step }) => {
          const event = await step.waitForEvent("it", { event: `${client.id}/maybe`, timeout: "1h", if: condition });
          return event?.data;
        },
      ),
    ]);
    const [id = ""] = await engine.send({ name: `${engine.client.id}/conditional`, data: { job: "j" } });
    await engine.runs(id);
    await engine.send({ name: `${engine.client.id}/maybe`, data: other });
    expect((await engine.runs(id)).map((run) => run.status)).toEqual(["Running"]);
    await engine.send({ name: `${engine.client.id}/maybe`, data: matching });
    expect((await engine.end(id)).output).toEqual(matching);
  });

  it("wakes every run that waits for the event, each once", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "crowd", triggers: [{ event: "waits/crowd" }] }, async ({ step }) => {
        const first = await step.waitForEvent("first", { event: "waits/bell", timeout: "1h" });
        const second = await step.waitForEvent("second", { event: "waits/bell", timeout: "1h" });
        return [first?.data.n, second?.data.n];
      }),
    ]);
    const ids = await engine.send(...Array.from({ length: 10 }, () => ({ name: "waits/crowd" })));
    await engine.runs(ids[0] ?? "");
    await engine.send({ name: "waits/bell", data: { n: 1 } });
    await engine.runs(ids[0] ?? "");
    await engine.send({ name: "waits/bell", data: { n: 2 } });
    for (const id of ids) expect((await engine.end(id)).output).toEqual([1, 2]);
  });

  it("does not see what came before it waited", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "late-waiter", triggers: [{ event: "waits/start" }] }, async ({ step }) => {
        const event = await step.waitForEvent("early", { event: "waits/early", timeout: "2s" });
        return event?.data ?? null;
      }),
    ]);
    await engine.send({ name: "waits/early", data: { too: "early" } });
    await engine.advance(500);
    const [id = ""] = await engine.send({ name: "waits/start" });
    await engine.advance(4000);
    expect((await engine.end(id)).output).toBeNull();
  });

  it("begun beside the step that causes the event cannot miss it", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "beside", triggers: [{ event: "waits/beside" }] }, async ({ event, step }) => {
        const [answer] = await Promise.all([
          step.waitForEvent("answer", { event: "waits/answer", timeout: "1m", match: "data.job" }),
          step.sendEvent("ask", { name: "waits/ask", data: { job: event.data.job } }),
        ]);
        return answer?.data.text;
      }),
      client.createFunction({ id: "answerer", triggers: [{ event: "waits/ask" }] }, async ({ event, step }) => {
        await step.sendEvent("answer", { name: "waits/answer", data: { job: event.data.job, text: "here" } });
      }),
    ]);
    const [id = ""] = await engine.send({ name: "waits/beside", data: { job: 7 } });
    expect((await engine.end(id)).output).toBe("here");
  });

  it("in a race lets the first event decide, and events that lost harm nothing", async () => {
    const seen: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction({ id: "wake-up", triggers: [{ event: "waits/session" }] }, async ({ step, group }) => {
        for (let round = 0; round < 2; round++) {
          const first = await group.parallel(() =>
            Promise.race([
              step.sleep(`until ${round}`, "8s").then(() => "time"),
              step
                .waitForEvent(`postponed ${round}`, { event: "waits/postponed", timeout: "8s" })
                .then(() => "postponed"),
              step.waitForEvent(`now ${round}`, { event: "waits/now", timeout: "8s" }).then(() => "now"),
            ]),
          );
          await step.run(`note ${round}`, () => seen.push(first));
        }
      }),
    ]);
    const [id = ""] = await engine.send({ name: "waits/session" });
    await engine.runs(id);
    await engine.send({ name: "waits/postponed" });
    await engine.runs(id);
    // Both rounds' waits for it are open: the first round's changes nothing any more.
    await engine.send({ name: "waits/now" });
    await engine.runs(id);
    expect(seen).toEqual(["postponed", "now"]);
    await engine.advance(9000);
    await engine.end(id);
    expect(seen).toEqual(["postponed", "now"]);
  });

  it.skipIf(ENGINE_URL)("with a condition that cannot be read ends the run and says why", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "unreadable", triggers: [{ event: "waits/unreadable" }] }, async ({ step }) => {
        await step.waitForEvent("it", { event: "waits/any", timeout: "1h", if: "async.data.x.matches('a+')" });
      }),
    ]);
    const [id = ""] = await engine.send({ name: "waits/unreadable" });
    const run = await engine.end(id);
    expect(run.status).toBe("Failed");
    expect(JSON.stringify(run.output)).toContain("the function `matches()` is not known");
  });
});
