import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { computers, jobs } from "@/db/schema";
import { startSession } from "@/server/services/sessions/start-session";
import { HOUR_MS, inAnHour, MINUTE_MS, openWorld, type World } from "./world";

async function withComputer() {
  const world = await openWorld();
  const agent = await world.makeComputer();
  const start = async (given: Partial<Parameters<typeof startSession>[0]["input"]> = {}) => {
    const { sessionId } = await startSession({
      ctx: world.technician,
      input: { computerId: agent.computerId, kind: "full", ...given },
    });
    await world.settle();
    return sessionId;
  };
  return { world, agent, start };
}

const named = async (world: World, sessionId: number) =>
  (await world.actions(sessionId)).map(({ sentence, result, resultReason }) => ({ sentence, result, resultReason }));

describe("a prerequisite", () => {
  it("runs right before what needs it, also when nothing else asks for it", async () => {
    const { world, agent, start } = await withComputer();
    for (const name of ["app", "runtime"]) agent.available.set(name, "1.0");
    const app = await world.makeSoftware("app");
    await world.require(app, [await world.makeSoftware("runtime")]);
    await world.deploy(app, "installed-latest", {});
    const sessionId = await start();
    expect((await world.session(sessionId)).status).toBe("passed");
    expect(agent.ran).toEqual(["install runtime", "install app"]);
  });

  it("that fails makes its dependents fail with the reason, and the rest goes on", async () => {
    const { world, agent, start } = await withComputer();
    for (const name of ["app", "other"]) agent.available.set(name, "1.0");
    const app = await world.makeSoftware("app");
    const runtime = await world.makeSoftware("runtime", { versionSource: "static" });
    await world.require(app, [runtime]);
    await world.deploy(app, "installed-latest", {});
    await world.deploy(await world.makeSoftware("other"), "installed-latest", {});
    const sessionId = await start();
    expect((await world.session(sessionId)).status).toBe("partially-passed");
    expect(agent.packages.has("app")).toBe(false);
    expect(agent.packages.get("other")).toBe("1.0");
    const byResult = await named(world, sessionId);
    expect(byResult.filter(({ result }) => result === "failed")).toHaveLength(2);
    expect(byResult.find(({ sentence }) => sentence.includes("app"))?.resultReason).toContain("untime");
  });
});

describe("an action that fails", () => {
  const cases = [
    {
      what: "an exit code",
      answer: { status: "failed", exitCode: 100, reason: "Exit code 100: no network." },
      says: "no network",
    },
    { what: "a time limit", answer: { status: "timed-out", exitCode: null, reason: null }, says: "longer than it may" },
    {
      what: "nobody signed in",
      answer: { status: "no-user", exitCode: null, reason: null },
      says: "Nobody was signed in",
    },
    {
      what: "missing rights",
      answer: { status: "not-elevated", exitCode: null, reason: null },
      says: "administrative rights",
    },
    {
      what: "no interpreter",
      answer: { status: "no-interpreter", exitCode: null, reason: null },
      says: "no interpreter",
    },
  ] as const;
  it.each(cases)("says why in a sentence: $what", async ({ answer, says }) => {
    const { world, agent, start } = await withComputer();
    agent.scripts.set("test", () => false);
    agent.scripts.set("set", () => answer);
    await world.deploy(await world.makeTask("Task", { test: "test", set: "set" }), "enforce", {});
    const sessionId = await start();
    const [action] = await named(world, sessionId);
    expect(action).toMatchObject({ result: "failed", resultReason: expect.stringContaining(says) });
    expect((await world.session(sessionId)).status).toBe("failed");
  });

  it("after which a restart is due is still judged by what is detected", async () => {
    const { world, agent, start } = await withComputer();
    let done = false;
    agent.scripts.set("test", () => done);
    agent.scripts.set("set", () => {
      done = true;
      return { status: "failed", exitCode: 3010 };
    });
    agent.facts = { ...agent.facts, pendingReboot: { pending: true, reasons: ["kernel"] } };
    await world.deploy(await world.makeTask("Task", { test: "test", set: "set" }), "enforce", {});
    const sessionId = await start();
    expect((await named(world, sessionId))[0]?.result).toBe("compliant");
    expect(await world.events(sessionId)).toContain("reboot-pending");
  });
});

describe("an interrupted action", () => {
  it.each([
    { safeToRetry: true, status: "passed", jobCount: 2 },
    { safeToRetry: false, status: "failed", jobCount: 1 },
  ])("is run again only where that is safe: $safeToRetry", async ({ safeToRetry, status, jobCount }) => {
    const { world, agent, start } = await withComputer();
    agent.available.set("jq", "1.7");
    let interruptions = 1;
    agent.treat = (job) => (job.purpose === "execute" && interruptions-- > 0 ? "interrupt" : "run");
    await world.deploy(await world.makeSoftware("jq", { safeToRetry }), "installed-latest", {});
    const sessionId = await start();
    expect((await world.session(sessionId)).status).toBe(status);
    const [action] = await world.actions(sessionId);
    expect(action?.attempt).toBe(jobCount);
    if (!safeToRetry) expect(action?.resultReason).toContain("not marked as safe");
    const ran = await world.runtime.database.db
      .select()
      .from(jobs)
      .where(eq(jobs.actionId, action?.id ?? 0));
    expect(ran.map((job) => job.attempt).sort()).toEqual(safeToRetry ? [1, 2] : [1]);
  });

  it("that never comes through is given up after three tries", async () => {
    const { world, agent, start } = await withComputer();
    agent.available.set("jq", "1.7");
    agent.treat = (job) => (job.purpose === "execute" ? "interrupt" : "run");
    await world.deploy(await world.makeSoftware("jq", { safeToRetry: true }), "installed-latest", {});
    const sessionId = await start();
    expect((await world.session(sessionId)).status).toBe("failed");
    expect((await world.actions(sessionId))[0]?.attempt).toBe(3);
  });
});

describe("a computer that is offline", () => {
  it("misses a session that skips it, after five minutes", async () => {
    const { world, agent, start } = await withComputer();
    await agent.disconnect();
    const sessionId = await start({ options: { offline: "skip" } });
    expect((await world.session(sessionId)).endedAt).toBeNull();
    await world.advance(5 * MINUTE_MS);
    expect(await world.session(sessionId)).toMatchObject({ status: "missed", computerTurn: null });
  });

  it("that comes back within five minutes is maintained as if nothing had been", async () => {
    const { world, agent, start } = await withComputer();
    await agent.disconnect();
    const sessionId = await start({ options: { offline: "skip" } });
    await world.advance(4 * MINUTE_MS);
    await agent.connect();
    await world.settle();
    expect((await world.session(sessionId)).status).toBe("passed");
  });

  it("before detection is detected on its return, and leaves the queue to others until then", async () => {
    const { world, agent, start } = await withComputer();
    agent.available.set("jq", "1.7");
    await world.deploy(await world.makeSoftware("jq"), "installed-latest", {});
    await agent.disconnect();
    const sessionId = await start({ options: { offline: "apply-when-connected" } });
    await world.advance(HOUR_MS);
    expect(await world.session(sessionId)).toMatchObject({ status: "pending-connectivity", computerTurn: null });
    await agent.connect();
    await world.settle();
    expect((await world.session(sessionId)).status).toBe("passed");
    expect(agent.ran).toEqual(["install jq"]);
  });

  it("before execution is executed on its return, without announcing twice", async () => {
    const { world, agent, start } = await withComputer();
    await world.makePerson(agent.computerId);
    agent.available.set("jq", "1.7");
    await world.deploy(await world.makeSoftware("jq"), "installed-latest", {});
    const sessionId = await start({ options: { ...inAnHour, offline: "apply-when-connected" } });
    await agent.disconnect();
    await world.advance(3 * HOUR_MS);
    expect((await world.session(sessionId)).status).toBe("pending-connectivity");
    await agent.connect();
    await world.settle();
    expect((await world.session(sessionId)).status).toBe("passed");
    expect(await world.mails(sessionId)).toEqual(["before", "after"]);
    expect(agent.ran).toEqual(["install jq"]);
  });

  it("between two actions goes on with the second on its return", async () => {
    const { world, agent, start } = await withComputer();
    for (const name of ["aaa", "bbb"]) {
      agent.available.set(name, "1.0");
      await world.deploy(await world.makeSoftware(name), "installed-latest", {});
    }
    agent.treat = (job) => (job.purpose === "execute" ? "hold" : "run");
    const sessionId = await start({ options: { offline: "apply-when-connected" } });
    await agent.release();
    await agent.disconnect();
    await world.advance(HOUR_MS);
    expect((await world.session(sessionId)).status).toBe("pending-connectivity");
    agent.treat = () => "run";
    await agent.connect();
    await world.settle();
    expect((await world.session(sessionId)).status).toBe("passed");
    expect(agent.ran).toEqual(["install aaa", "install bbb"]);
  });
});

describe("a computer that was installed anew", () => {
  it("gets nothing of what was planned for it before", async () => {
    const { world, agent, start } = await withComputer();
    agent.available.set("jq", "1.7");
    await world.deploy(await world.makeSoftware("jq"), "installed-latest", {});
    const sessionId = await start({ options: inAnHour });
    await world.runtime.database.db.update(computers).set({ generation: 1 }).where(eq(computers.id, agent.computerId));
    await world.advance(HOUR_MS);
    expect(await world.session(sessionId)).toMatchObject({ status: "failed" });
    expect(agent.ran).toEqual([]);
  });
});
