import { NonRetriableError } from "inngest";
import { describe, expect, it } from "vitest";
import { startEngine } from "../../harness/engine";

describe("step.run", () => {
  it("runs each step once and hands its result back on every call", async () => {
    const ran: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction({ id: "two-steps", triggers: [{ event: "steps/run" }] }, async ({ event, step }) => {
        const a = await step.run("a", () => {
          ran.push("a");
          return { n: event.data.n + 1 };
        });
        const b = await step.run("b", () => {
          ran.push("b");
          return a.n * 10;
        });
        return { a, b };
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/run", data: { n: 1 } });
    expect(await engine.end(id)).toMatchObject({ status: "Completed", output: { a: { n: 2 }, b: 20 } });
    expect(ran).toEqual(["a", "b"]);
  });

  it("gives results as JSON makes them: dates become text, nothing becomes null, odd text survives", async () => {
    const odd = 'nul \u0000, lone \ud800, quote " and \\ and \u2028';
    const engine = await startEngine((client) => [
      client.createFunction({ id: "json", triggers: [{ event: "steps/json" }] }, async ({ step }) => {
        const date = await step.run("date", () => new Date(0));
        const nothing = await step.run("nothing", () => undefined);
        const text = await step.run("odd", () => odd);
        const nested = await step.run("nested", () => ({ type: "data", data: { error: null } }));
        return { date, nothing, text: text === odd, nested };
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/json" });
    expect((await engine.end(id)).output).toEqual({
      date: "1970-01-01T00:00:00.000Z",
      nothing: null,
      text: true,
      nested: { type: "data", data: { error: null } },
    });
  });

  it("keeps steps of the same id in a loop apart", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "loop", triggers: [{ event: "steps/loop" }] }, async ({ step }) => {
        const seen: number[] = [];
        for (let n = 0; n < 5; n++) seen.push(await step.run("same", () => n));
        return seen;
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/loop" });
    expect((await engine.end(id)).output).toEqual([0, 1, 2, 3, 4]);
  });

  it("lets a function without steps just return", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "plain", triggers: [{ event: "steps/plain" }] }, () => undefined),
    ]);
    const [id = ""] = await engine.send({ name: "steps/plain" });
    expect(await engine.end(id)).toMatchObject({ status: "Completed", output: null });
  });
});

describe("step.sleep", () => {
  it("goes on when the time is over, and not before", async () => {
    const ran: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction({ id: "sleeper", triggers: [{ event: "steps/sleep" }] }, async ({ step }) => {
        await step.run("before", () => ran.push("before"));
        await step.sleep("nap", "3s");
        await step.run("after", () => ran.push("after"));
        return "awake";
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/sleep" });
    expect((await engine.runs(id)).map((run) => run.status)).toEqual(["Running"]);
    expect(ran).toEqual(["before"]);
    await engine.advance(4000);
    expect((await engine.end(id)).output).toBe("awake");
    expect(ran).toEqual(["before", "after"]);
  });

  it("until a moment goes on then, at once when it has passed", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "until", triggers: [{ event: "steps/until" }] }, async ({ event, step }) => {
        await step.sleepUntil("past", new Date(event.ts ? event.ts - 60_000 : 0));
        await step.sleepUntil("soon", new Date((event.ts ?? 0) + 2000));
        return "there";
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/until" });
    await engine.advance(4000);
    expect((await engine.end(id)).output).toBe("there");
  });

  it("follows sleep after sleep", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "naps", triggers: [{ event: "steps/naps" }] }, async ({ step }) => {
        for (let n = 0; n < 3; n++) await step.sleep("nap", "1s");
        return "rested";
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/naps" });
    await engine.advance(5000);
    expect((await engine.end(id)).output).toBe("rested");
  });
});

describe("parallel steps", () => {
  it("run once each, and the function goes on with all results", async () => {
    const ran: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction({ id: "parallel", triggers: [{ event: "steps/parallel" }] }, async ({ step }) => {
        const all = await Promise.all(
          ["a", "b", "c"].map((name) =>
            step.run(name, () => {
              ran.push(name);
              return name.toUpperCase();
            }),
          ),
        );
        const last = await step.run("last", () => {
          ran.push("last");
          return all.join("");
        });
        return last;
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/parallel" });
    expect((await engine.end(id)).output).toBe("ABC");
    expect(ran.slice(0, 3).sort()).toEqual(["a", "b", "c"]);
    expect(ran.slice(3)).toEqual(["last"]);
  });

  it("really run at the same time", async () => {
    let meet: () => void = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const engine = await startEngine((client) => [
      client.createFunction({ id: "meet", triggers: [{ event: "steps/meet" }] }, async ({ step }) => {
        await Promise.all([step.run("waits", () => met), step.run("comes", () => meet())]);
        return "met";
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/meet" });
    expect((await engine.end(id)).output).toBe("met");
  });

  it("may go on differently, each chain in its own order", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "chains", triggers: [{ event: "steps/chains" }] }, async ({ step }) => {
        const chain = async (name: string, length: number) => {
          let text = "";
          for (let n = 0; n < length; n++) text += await step.run(`${name}${n}`, () => `${name}${n}`);
          return text;
        };
        return Promise.all([chain("x", 3), chain("y", 1), step.sleep("z", "1s").then(() => "z")]);
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/chains" });
    await engine.advance(3000);
    expect((await engine.end(id)).output).toEqual(["x0x1x2", "y0", "z"]);
  });

  it("in a race let the function go on with the first; the run ends when the others have", async () => {
    const ran: string[] = [];
    const engine = await startEngine((client) => [
      client.createFunction({ id: "race", triggers: [{ event: "steps/race" }] }, async ({ step, group }) => {
        const winner = await group.parallel(() =>
          Promise.race([
            step.sleep("slow", "5s").then(() => "slow"),
            step.run("fast", () => "fast"),
            step.waitForEvent("never", { event: "steps/never", timeout: "5s" }).then(() => "never"),
          ]),
        );
        await step.run("after", () => ran.push(winner));
        return winner;
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/race" });
    await engine.runs(id);
    expect(ran).toEqual(["fast"]);
    await engine.advance(6000);
    expect((await engine.end(id)).output).toBe("fast");
    expect(ran).toEqual(["fast"]);
  });

  it("that fail reject with their own error, and the others keep their results", async () => {
    const engine = await startEngine((client) => [
      client.createFunction({ id: "settled", triggers: [{ event: "steps/settled" }] }, async ({ step }) => {
        const results = await Promise.allSettled([
          step.run("good", () => 1),
          step.run("bad", () => {
            throw new NonRetriableError("no luck");
          }),
        ]);
        return results.map((result) => (result.status === "fulfilled" ? result.value : result.reason.message));
      }),
    ]);
    const [id = ""] = await engine.send({ name: "steps/settled" });
    expect((await engine.end(id)).output).toEqual([1, "no luck"]);
  });
});

describe("step.invoke", () => {
  it("gives the other function's return value", async () => {
    const engine = await startEngine((client) => {
      const double = client.createFunction(
        { id: "double", triggers: [{ event: "steps/double" }] },
        async ({ event, step }) => step.run("double", () => event.data.n * 2),
      );
      return [
        double,
        client.createFunction({ id: "caller", triggers: [{ event: "steps/invoke" }] }, async ({ step }) => {
          const one = await step.invoke("one", { function: double, data: { n: 21 } });
          const [two, three] = await Promise.all([
            step.invoke("two", { function: double, data: { n: 1 } }),
            step.invoke("three", { function: double, data: { n: 2 } }),
          ]);
          return { one, two, three };
        }),
      ];
    });
    const [id = ""] = await engine.send({ name: "steps/invoke" });
    expect((await engine.end(id)).output).toEqual({ one: 42, two: 2, three: 4 });
  });

  it("fails as the other function failed", async () => {
    const engine = await startEngine((client) => {
      const failing = client.createFunction(
        { id: "failing", retries: 0, triggers: [{ event: "steps/failing" }] },
        () => {
          throw new NonRetriableError("broken inside");
        },
      );
      return [
        failing,
        client.createFunction(
          { id: "calls-failing", retries: 0, triggers: [{ event: "steps/invoke-failing" }] },
          async ({ step }) => {
            try {
              await step.invoke("call", { function: failing, data: {} });
              return "no error";
            } catch (error) {
              return String(error instanceof Error ? error.message : error);
            }
          },
        ),
      ];
    });
    const [id = ""] = await engine.send({ name: "steps/invoke-failing" });
    expect((await engine.end(id)).output).toContain("broken inside");
  });

  it("fails when the other function takes longer than allowed", async () => {
    const engine = await startEngine((client) => {
      const slow = client.createFunction({ id: "slow", triggers: [{ event: "steps/slow" }] }, async ({ step }) => {
        await step.sleep("long", "1h");
      });
      return [
        slow,
        client.createFunction(
          { id: "impatient", retries: 0, triggers: [{ event: "steps/impatient" }] },
          async ({ step }) => {
            try {
              await step.invoke("call", { function: slow, data: {}, timeout: "2s" });
              return "no error";
            } catch {
              return "timed out";
            }
          },
        ),
      ];
    });
    const [id = ""] = await engine.send({ name: "steps/impatient" });
    await engine.advance(4000);
    expect((await engine.end(id)).output).toBe("timed out");
  });
});
