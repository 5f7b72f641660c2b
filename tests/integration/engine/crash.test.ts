import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { sql } from "drizzle-orm";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { rows } from "@/db/rows";
import type { Transport } from "@/inngest/embedded";
import { type EmbeddedUnderTest, ENGINE_URL, type MakeFunctions, startEmbedded } from "../../harness/engine";
import { createEngineDatabase } from "../../harness/engine-database";

/** A function that uses every kind of step, and what it is to return. */
function createJourney(ran: string[]): MakeFunctions {
  return (client) => {
    const note = (name: string) => {
      ran.push(name);
      return name;
    };
    const child = client.createFunction(
      { id: "child", triggers: [{ event: "crash/child" }] },
      async ({ step, event }) => {
        const a = await step.run("child a", () => note("child a"));
        await step.sleep("child nap", "5s");
        return [a, event.data.n];
      },
    );
    const journey = client.createFunction(
      { id: "journey", retries: 0, triggers: [{ event: "crash/journey" }] },
      async ({ step, runId }) => {
        const first = await step.run("first", () => note("first"));
        await step.sleep("nap", "10s");
        const [left, right] = await Promise.all([
          step.run("left", () => note("left")),
          step.run("right", () => note("right")),
        ]);
        const [answer] = await Promise.all([
          step.waitForEvent("answer", { event: "crash/answer", timeout: "1h" }),
          step.sendEvent("ask", { id: `ask/${runId}`, name: "crash/ask", data: {} }),
        ]);
        const invoked = await step.invoke("invoke", { function: child, data: { n: 7 } });
        const last = await step.run("last", () => note("last"));
        return { first, left, right, answer: answer?.data.text, invoked, last };
      },
    );
    const answerer = client.createFunction({ id: "answerer", triggers: [{ event: "crash/ask" }] }, async ({ step }) => {
      await step.run("think", () => note("think"));
      await step.sendEvent("answer", { name: "crash/answer", data: { text: "yes" } });
    });
    return [child, journey, answerer];
  };
}

const RESULT = { first: "first", left: "left", right: "right", answer: "yes", invoked: ["child a", 7], last: "last" };
const STEPS = ["first", "left", "right", "think", "child a", "last"];
const never = () => new Promise<Response>(() => {});

describe.skipIf(ENGINE_URL)("an engine killed at any call", () => {
  // The journey takes this many calls of the app when nothing happens to it; the test below holds the number.
  const CALLS = 16;

  async function killAt(call: number, when: "before" | "after") {
    const ran: string[] = [];
    let stored: string[] = [];
    let ranBefore = 0;
    let calls = 0;
    let killed: () => void = () => {};
    const kill = new Promise<void>((resolve) => {
      killed = resolve;
    });
    const around =
      (transport: Transport): Transport =>
      async (request) => {
        if (request.method !== "POST" || ++calls !== call) return transport(request);
        if (when === "after") await transport(request);
        killed();
        return never();
      };
    const engine = await startEmbedded(createJourney(ran), { around });
    const [id = ""] = await engine.send({ name: "crash/journey" });
    await Promise.race([kill, finish(engine)]);
    if (calls >= call) {
      await engine.crash(async () => {
        stored = await namesOfStoredSteps(engine);
        ranBefore = ran.length;
      });
      await finish(engine);
    }
    return { ran, run: await engine.end(id), calls, stored, ranAfter: ran.slice(ranBefore) };
  }

  it("finishes the journey in the usual number of calls when it is not", async () => {
    const { run, ran, calls } = await killAt(Number.POSITIVE_INFINITY, "before");
    expect(run).toMatchObject({ status: "Completed", output: RESULT });
    expect([...ran].sort()).toEqual([...STEPS].sort());
    expect(calls).toBe(CALLS);
  });

  const cases = Array.from({ length: CALLS }, (_, index) => index + 1).flatMap((call) => [
    [call, "before"] as const,
    [call, "after"] as const,
  ]);
  it.each(cases)(
    "goes on after call %i, killed %s the app answered, and repeats nothing that was stored",
    async (call, when) => {
      const { run, ran, stored, ranAfter } = await killAt(call, when);
      expect(run).toMatchObject({ status: "Completed", output: RESULT });
      expect(new Set(ran)).toEqual(new Set(STEPS));
      expect(ranAfter.filter((name) => stored.includes(name))).toEqual([]);
      for (const name of STEPS) expect(ran.filter((each) => each === name).length).toBeLessThanOrEqual(2);
    },
  );
});

/** Steps whose results are in the database: they must never run again. */
async function namesOfStoredSteps({ db }: EmbeddedUnderTest): Promise<string[]> {
  const found = await rows<{ name: string }>(db, sql`select name from engine_steps where state = 'done'`);
  return found.map((row) => row.name);
}

/** Lets all the time pass that the journey needs. */
async function finish(engine: EmbeddedUnderTest): Promise<void> {
  for (let n = 0; n < 4; n++) await engine.advance(15_000);
}

describe.skipIf(ENGINE_URL)("a process killed with -9 in the middle of a step", () => {
  it("is followed by one that takes the run up at once and repeats only the running step", async () => {
    const database = await createEngineDatabase(inject("postgresUrl"));
    onTestFinished(() => database.close());

    const first = await startChild(database.url, 60_000);
    first.begin();
    const sent = await first.line(/^sent (\S+)/);
    await first.line(/^step slow/);
    await first.line(/^step beside/);
    const before = first.steps();
    first.child.kill("SIGKILL");
    await once(first.child, "exit");

    const second = await startChild(database.url, 10);
    await second.line(/^step last/);
    await expect
      .poll(() => statusOf(database, sent), { timeout: 10_000, interval: 50 })
      .toEqual({
        status: "Completed",
        output: ["first", "slow", "beside", "last"],
      });
    second.child.kill("SIGKILL");
    expect(before.sort()).toEqual(["beside", "first", "slow"]);
    const repeated = second.steps().filter((name) => before.includes(name));
    expect(repeated.filter((name) => name !== "beside")).toEqual(["slow"]);
  });
});

async function statusOf(database: Awaited<ReturnType<typeof createEngineDatabase>>, eventId: string) {
  const [run] = await rows<{ status: string; output: unknown }>(
    database.db,
    sql`select status, output from engine_runs where event_id = ${eventId}`,
  );
  return run;
}

async function startChild(url: string, slowMs: number) {
  const child = spawn(process.execPath, ["--import", "tsx", "tests/harness/engine-child.ts", url, String(slowMs)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const lines: string[] = [];
  let told: () => void = () => {};
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    told();
  });
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.map((text) => pattern.exec(text)).find((match) => match !== null);
      if (found) return found[1] ?? "";
      await new Promise<void>((resolve) => {
        told = resolve;
      });
    }
  };
  await line(/^ready/);
  return {
    child,
    line,
    begin: () => child.stdin.write("begin\n"),
    steps: () => lines.flatMap((text) => /^step (.+)/.exec(text)?.slice(1) ?? []),
  };
}
