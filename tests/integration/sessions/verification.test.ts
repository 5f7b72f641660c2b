import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { licences, prerequisites, software } from "@/db/schema";
import { startSession } from "@/server/services/sessions/start-session";
import { lackingJq } from "./lacking-jq";
import { HOUR_MS, openWorld, type World } from "./world";

const said = async (world: World, sessionId: number) =>
  (await world.actions(sessionId)).map(({ status, result, resultReason }) => [status, result, resultReason]);

describe("an announced action fails with its reason, and is not run, when by execution", () => {
  it("its licence is gone", async () => {
    const { world, agent, jq, start } = await lackingJq();
    const { db } = world.runtime.database;
    await db.update(software).set({ licenceRequired: true }).where(eq(software.itemId, jq));
    await db.insert(licences).values({ itemId: jq, name: "Site licence", createdAt: world.clock.now() });
    const sessionId = await start();
    expect((await world.session(sessionId)).status).toBe("pending-execution");
    await db.update(licences).set({ deletedAt: world.clock.now() }).where(eq(licences.itemId, jq));
    await world.advance(HOUR_MS);
    expect(await said(world, sessionId)).toEqual([["done", "failed", "jq needs a licence, and none is assigned."]]);
    expect(agent.ran).toEqual([]);
    expect((await world.session(sessionId)).status).toBe("failed");
    expect(await world.events(sessionId)).toEqual(expect.arrayContaining(["plan-verified", "action-ended"]));
  });

  it("what it needs first is gone; the rest goes on", async () => {
    const { world, agent, start } = await lackingJq();
    const { db } = world.runtime.database;
    const [app, runtime] = [await world.makeSoftware("app"), await world.makeSoftware("runtime")];
    agent.available.set("app", "1.0");
    agent.packages.set("runtime", "1.0");
    await world.require(app, [runtime]);
    await db.update(prerequisites).set({ otherwise: "fail" }).where(eq(prerequisites.itemId, app));
    await world.deploy(app, "installed-latest", {});
    const sessionId = await start();
    agent.packages.delete("runtime");
    await world.advance(HOUR_MS);
    expect(await said(world, sessionId)).toEqual(
      expect.arrayContaining([
        ["done", "failed", "app needs runtime, which is not installed."],
        ["done", "compliant", null],
      ]),
    );
    expect(agent.ran).toEqual(["install jq"]);
    expect((await world.session(sessionId)).status).toBe("partially-passed");
  });

  it("it can no longer be told whether it is needed", async () => {
    const { world, agent, start } = await lackingJq();
    agent.packages.set("jq", "1.7");
    agent.scripts.set("test", () => false);
    agent.scripts.set("set", () => null);
    await world.deploy(await world.makeTask("Firewall", { test: "test", set: "set" }), "enforce", {});
    const sessionId = await start();
    agent.scripts.set("test", () => ({ status: "failed", exitCode: 1, reason: "The module is gone." }));
    await world.advance(HOUR_MS);
    const [action] = await world.actions(sessionId);
    expect(action).toMatchObject({ result: "failed", resultReason: expect.stringContaining("The module is gone") });
    expect(agent.ran).toEqual(["test", "test"]);
    expect((await world.session(sessionId)).status).toBe("partially-passed");
  });
});

describe("a task that configures a software", () => {
  it("has what it needs first installed, though nothing else asks for it", async () => {
    const world = await openWorld();
    const agent = await world.makeComputer();
    for (const name of ["app", "helper"]) agent.available.set(name, "1.0");
    agent.scripts.set("test", () => true);
    agent.scripts.set("set", () => null);
    const app = await world.makeSoftware("app");
    const configuration = await world.makeTask("Configure app", { test: "test", set: "set" });
    await world.runtime.database.db
      .update(software)
      .set({ configurationItemId: configuration })
      .where(eq(software.itemId, app));
    await world.require(configuration, [await world.makeSoftware("helper")]);
    await world.deploy(app, "installed-latest", {});
    const { sessionId } = await startSession({
      ctx: world.technician,
      input: { computerId: agent.computerId, kind: "full" },
    });
    await world.settle();
    expect((await said(world, sessionId)).map(([, result, reason]) => [result, reason])).toEqual([
      ["compliant", null],
      ["compliant", null],
      ["compliant", null],
    ]);
    expect(agent.ran.filter((what) => what !== "test")).toEqual(["install app", "install helper", "set"]);
  });
});
