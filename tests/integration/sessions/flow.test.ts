import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { computers, deployments, sessionEvents, sessions } from "@/db/schema";
import { lackingJq, outcome } from "./lacking-jq";
import { HOUR_MS, MINUTE_MS } from "./world";

describe("a session", () => {
  it("detects, tells the user, waits, executes in order, verifies and reports", async () => {
    const { world, agent, start } = await lackingJq();
    const sessionId = await start();
    const waiting = await world.session(sessionId);
    expect(waiting).toMatchObject({ status: "pending-execution", stage: "announcement", computerTurn: null });
    expect(waiting.executionAt).toEqual(new Date("2030-03-04T10:00:00Z"));
    expect(waiting.planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await world.mails(sessionId)).toEqual(["before"]);
    expect(agent.ran).toEqual([]);

    await world.advance(59 * MINUTE_MS);
    expect((await world.session(sessionId)).status).toBe("pending-execution");
    await world.advance(MINUTE_MS);
    expect(await outcome(world, sessionId)).toEqual({
      status: "passed",
      stage: "execution",
      computerTurn: null,
      actions: [["install", "done", "compliant"]],
    });
    expect(agent.ran).toEqual(["install jq"]);
    expect((await world.actions(sessionId))[0]).toMatchObject({ detectedVersion: null, resultVersion: "1.7" });
    expect(await world.mails(sessionId)).toEqual(["before", "after"]);
    expect(await world.events(sessionId)).toEqual([
      "requested",
      "started",
      "planned",
      "announced",
      "execution-started",
      "plan-verified",
      "action-started",
      "action-ended",
      "ended",
      "reported",
    ]);
  });

  it("with nothing to do passes without executing and without a mail; so does a second one", async () => {
    const { world, agent, start } = await lackingJq();
    const first = await start({ options: {} });
    expect((await world.session(first)).status).toBe("passed");
    const second = await start();
    expect(await outcome(world, second)).toMatchObject({ status: "passed", actions: [["none", "done", "compliant"]] });
    expect((await world.session(second)).executionStartedAt).toBeNull();
    expect(await world.mails(second)).toEqual([]);
    expect(agent.ran).toEqual(["install jq"]);
  });

  it("finds that an announced action is no longer needed, and does not do it", async () => {
    const { world, agent, start } = await lackingJq();
    const sessionId = await start();
    agent.packages.set("jq", "1.7");
    await world.advance(HOUR_MS);
    expect(await outcome(world, sessionId)).toMatchObject({
      status: "passed",
      actions: [["install", "done", "compliant"]],
    });
    expect(agent.ran).toEqual([]);
  });

  it("does not run what was never announced", async () => {
    const { world, agent, start } = await lackingJq();
    const sessionId = await start();
    const htop = await world.makeSoftware("htop");
    agent.available.set("htop", "3.3");
    await world.deploy(htop, "installed-latest", {});
    await world.advance(HOUR_MS);
    expect((await world.session(sessionId)).status).toBe("passed");
    expect(agent.ran).toEqual(["install jq"]);
  });

  it("that only detects changes nothing and says what it would do", async () => {
    const { world, agent, start } = await lackingJq();
    const sessionId = await start({ kind: "detection-only" });
    expect(await outcome(world, sessionId)).toMatchObject({
      status: "passed",
      actions: [["install", "done", "not-compliant"]],
    });
    expect(agent.ran).toEqual([]);
  });

  it.each([
    [{}, "Nobody was told beforehand: execution begins at once, which leaves no time to react."],
    [{ mailsBefore: false }, "No e-mail before it: none was asked for, and execution begins at once."],
  ])("that executes at once says that nobody was told before (%o)", async (options, sentence) => {
    const { world, start } = await lackingJq();
    const sessionId = await start({ options });
    expect(await world.mails(sessionId)).toEqual(["after"]);
    expect((await world.events(sessionId)).slice(0, 5)).toEqual([
      "requested",
      "started",
      "planned",
      "not-announced",
      "action-started",
    ]);
    const { db } = world.runtime.database;
    const said = await db.select().from(sessionEvents).where(eq(sessionEvents.kind, "not-announced"));
    expect(said.map((event) => event.sentence)).toEqual([sentence]);
  });

  it("for one item leaves the others alone", async () => {
    const { world, agent, jq, start } = await lackingJq();
    agent.available.set("htop", "3.3");
    await world.deploy(await world.makeSoftware("htop"), "installed-latest", {});
    const sessionId = await start({ kind: "single-item", itemId: jq, options: {} });
    expect(await outcome(world, sessionId)).toMatchObject({ actions: [["install", "done", "compliant"]] });
    expect(agent.ran).toEqual(["install jq"]);
  });
});

describe("a task to enforce", () => {
  it("is set when its test says no, and tested again", async () => {
    const { world, agent, start } = await lackingJq();
    agent.packages.set("jq", "1.7");
    let isOn = false;
    agent.scripts.set("test firewall", () => isOn);
    agent.scripts.set("set firewall", () => {
      isOn = true;
      return null;
    });
    await world.deploy(await world.makeTask("Firewall", { test: "test firewall", set: "set firewall" }), "enforce", {});
    const sessionId = await start({ options: {} });
    expect(await outcome(world, sessionId)).toMatchObject({ status: "passed" });
    expect(agent.ran).toEqual(["test firewall", "set firewall", "test firewall"]);
  });

  it("that stays as it was fails and says so", async () => {
    const { world, agent, start } = await lackingJq();
    agent.packages.set("jq", "1.7");
    agent.scripts.set("test", () => false);
    agent.scripts.set("set", () => null);
    await world.deploy(await world.makeTask("Stubborn", { test: "test", set: "set" }), "enforce", {});
    const sessionId = await start({ options: {} });
    const [action] = await world.actions(sessionId);
    expect(action).toMatchObject({ result: "failed", resultReason: expect.stringContaining("still says no") });
    expect((await world.session(sessionId)).status).toBe("partially-passed");
  });
});

describe("onboarding", () => {
  it("runs what is for onboarding only, and leaves the computer onboarded", async () => {
    const { world, agent, start } = await lackingJq();
    agent.packages.set("jq", "1.7");
    agent.available.set("welcome", "1.0");
    const welcome = await world.makeSoftware("welcome");
    const id = await world.deploy(welcome, "installed-latest", {});
    const { db } = world.runtime.database;
    await db.update(deployments).set({ phase: "onboarding" }).where(eq(deployments.id, id));
    await start({ options: {} });
    expect(agent.ran).toEqual([]);

    const computer = eq(computers.id, agent.computerId);
    await db.update(computers).set({ status: "needs-onboarding" }).where(computer);
    await start({ kind: "onboarding", cause: "onboarding", options: {} });
    expect(agent.ran).toEqual(["install welcome"]);
    const [row] = await db.select({ status: computers.status }).from(computers).where(computer);
    expect(row?.status).toBe("onboarded");
  });
});

describe("starting a session", () => {
  it.each([
    ["a computer that is not there", { computerId: 4711 }, "not-found"],
    ["a single item that is not named", { kind: "single-item" }, "bad-input"],
    ["an item that is not there", { kind: "single-item", itemId: 4711 }, "not-found"],
    ["an item for a full session", { itemId: 1 }, "bad-input"],
  ] as const)("on %s is refused and makes nothing", async (_, given, code) => {
    const { world, start } = await lackingJq();
    await expect(start(given)).rejects.toMatchObject({ code });
    expect(await world.runtime.database.db.$count(sessions)).toBe(0);
  });

  it("on a computer that is excluded or archived is refused", async () => {
    const { world, agent, start } = await lackingJq();
    const computer = eq(computers.id, agent.computerId);
    for (const state of [{ excludedFromMaintenance: true }, { status: "archived" }] as const) {
      await world.runtime.database.db.update(computers).set(state).where(computer);
      await expect(start()).rejects.toMatchObject({ code: "conflict" });
    }
  });
});
