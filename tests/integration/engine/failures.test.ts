import { type GetStepTools, type Inngest, NonRetriableError, RetryAfterError } from "inngest";
import { describe, expect, it } from "vitest";
import { ENGINE_URL, startEmbedded, startEngine } from "../../harness/engine";

describe("a step that fails", () => {
  it("is tried again, with the attempt's number, and steps before it are not", async () => {
    const ran: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "flaky", retries: 3, triggers: [{ event: "failures/flaky" }] },
        async ({ step, attempt }) => {
          await step.run("before", () => ran.push("before"));
          return step.run("flaky", () => {
            ran.push(`flaky ${attempt}`);
            if (attempt < 2) throw new RetryAfterError("not yet", "1s");
            return "at last";
          });
        },
      ),
    ]);
    const [id = ""] = await engine.send({ name: "failures/flaky" });
    await engine.advance(5000);
    expect(await engine.end(id)).toMatchObject({ status: "Completed", output: "at last" });
    expect(ran).toEqual(["before", "flaky 0", "flaky 1", "flaky 2"]);
  });

  it("has attempts of its own: those of the step before do not count", async () => {
    const ran: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "twice", retries: 1, triggers: [{ event: "failures/twice" }] },
        async ({ step, attempt }) => {
          for (const name of ["a", "b", "c"]) {
            await step.run(name, () => {
              ran.push(`${name}${attempt}`);
              if (attempt === 0) throw new RetryAfterError("once", "1s");
            });
          }
          return "done";
        },
      ),
    ]);
    const [id = ""] = await engine.send({ name: "failures/twice" });
    await engine.advance(8000);
    expect((await engine.end(id)).output).toBe("done");
    expect(ran).toEqual(["a0", "a1", "b0", "b1", "c0", "c1"]);
  });

  it("for good rejects in the function, which may go on", async () => {
    let tries = 0;
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "catches", retries: 1, triggers: [{ event: "failures/catches" }] },
        async ({ step }) => {
          try {
            await step.run("bad", () => {
              tries++;
              throw new RetryAfterError("always", "1s");
            });
          } catch (error) {
            const message = error instanceof Error ? error.message : String(error);
            return step.run("instead", () => `caught: ${message}`);
          }
        },
      ),
    ]);
    const [id = ""] = await engine.send({ name: "failures/catches" });
    await engine.advance(4000);
    expect(await engine.end(id)).toMatchObject({ status: "Completed", output: "caught: always" });
    expect(tries).toBe(2);
  });

  it("in parallel is tried again by itself", async () => {
    const ran: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "parallel-flaky", retries: 2, triggers: [{ event: "failures/parallel" }] },
        async ({ step, attempt }) =>
          Promise.all([
            step.run("steady", () => {
              ran.push("steady");
              return 1;
            }),
            step.run("flaky", () => {
              ran.push(`flaky${attempt}`);
              if (attempt === 0) throw new RetryAfterError("once", "1s");
              return 2;
            }),
          ]),
      ),
    ]);
    const [id = ""] = await engine.send({ name: "failures/parallel" });
    await engine.advance(4000);
    expect((await engine.end(id)).output).toEqual([1, 2]);
    expect(ran.sort()).toEqual(["flaky0", "flaky1", "steady"]);
  });

  it("with a non-retriable error is not tried again", async () => {
    let tries = 0;
    const engine = await startEngine((client) => [
      client.createFunction(
        { id: "hopeless", retries: 5, triggers: [{ event: "failures/hopeless" }] },
        async ({ step }) => {
          await step.run("bad", () => {
            tries++;
            throw new NonRetriableError("never works");
          });
        },
      ),
    ]);
    const [id = ""] = await engine.send({ name: "failures/hopeless" });
    const run = await engine.end(id);
    expect(run.status).toBe("Failed");
    expect(JSON.stringify(run.output)).toContain("never works");
    expect(tries).toBe(1);
  });
});

describe("a function that throws outside its steps", () => {
  it("is called again as often as it may be, then fails with the last error", async () => {
    const attempts: number[] = [];
    const engine = await startEngine((client) => [
      client.createFunction({ id: "throws", retries: 2, triggers: [{ event: "failures/throws" }] }, ({ attempt }) => {
        attempts.push(attempt);
        throw new RetryAfterError(`attempt ${attempt}`, "1s");
      }),
    ]);
    const [id = ""] = await engine.send({ name: "failures/throws" });
    await engine.advance(5000);
    const run = await engine.end(id);
    expect(run.status).toBe("Failed");
    expect(JSON.stringify(run.output)).toContain("attempt 2");
    expect(attempts).toEqual([0, 1, 2]);
  });

  it("is not called again when it may not be", async () => {
    let calls = 0;
    const engine = await startEngine((client) => [
      client.createFunction({ id: "once", retries: 0, triggers: [{ event: "failures/once" }] }, () => {
        calls++;
        throw new Error("no");
      }),
    ]);
    const [id = ""] = await engine.send({ name: "failures/once" });
    expect((await engine.end(id)).status).toBe("Failed");
    expect(calls).toBe(1);
  });

  it("waits longer after each attempt", async () => {
    if (ENGINE_URL) return;
    const at: number[] = [];
    const engine = await startEmbedded((client) => [
      client.createFunction({ id: "backoff", retries: 4, triggers: [{ event: "failures/backoff" }] }, () => {
        at.push(engine.clock.now().getTime());
        throw new Error("again");
      }),
    ]);
    await engine.send({ name: "failures/backoff" });
    await engine.advance(3_600_000);
    const waits = at.slice(1).map((time, index) => (time - (at[index] ?? 0)) / 1000);
    expect(waits).toHaveLength(4);
    for (const [index, base] of [15, 30, 60, 120].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(base);
      expect(waits[index]).toBeLessThanOrEqual(base * 1.15);
    }
  });
});

/** What the SDK gives `onFailure`; its types leave it open. */
interface FailureArgs {
  error: Error;
  event: { data: { event: { data: unknown }; function_id: string } };
  step: GetStepTools<Inngest>;
}

describe("onFailure", () => {
  it("runs once when the function has failed, with the error and the event", async () => {
    const told: unknown[] = [];
    const engine = await startEngine((client) => [
      client.createFunction(
        {
          id: "fails",
          retries: 0,
          triggers: [{ event: "failures/told" }],
          onFailure: async ({ error, event, step }: FailureArgs) => {
            await step.run("tell", () =>
              told.push({
                message: error.message,
                data: event.data.event.data,
                fn: event.data.function_id.replace(/^app[^-]*(-\d+)*-/, ""),
              }),
            );
          },
        },
        () => {
          throw new Error("it broke");
        },
      ),
      client.createFunction(
        { id: "works", triggers: [{ event: "failures/told" }], onFailure: () => told.push("wrong") },
        () => "fine",
      ),
    ]);
    const [id = ""] = await engine.send({ name: "failures/told", data: { n: 1 } });
    const runs = await engine.ended(id, 2);
    expect(runs.map((run) => run.status).sort()).toEqual(["Completed", "Failed"]);
    await engine.advance(2000);
    expect(told).toEqual([{ message: "it broke", data: { n: 1 }, fn: "fails" }]);
  });
});

describe.skipIf(ENGINE_URL)("an app that does not answer", () => {
  it("costs no attempt: the run goes on when it answers again", async () => {
    let answers = false;
    let calls = 0;
    const engine = await startEmbedded(
      (client) => [
        client.createFunction({ id: "patient", retries: 0, triggers: [{ event: "failures/away" }] }, () => "here"),
      ],
      {
        around: (transport) => async (request) => {
          if (request.method === "PUT" || answers) return transport(request);
          calls++;
          if (calls % 2 === 0) throw new TypeError("fetch failed");
          return new Response("Bad gateway", { status: 502 });
        },
      },
    );
    const [id = ""] = await engine.send({ name: "failures/away" });
    await engine.advance(60_000);
    expect(calls).toBeGreaterThan(3);
    expect((await engine.runs(id)).map((run) => run.status)).toEqual(["Running"]);
    answers = true;
    await engine.advance(60_000);
    expect((await engine.end(id)).output).toBe("here");
  });
});
