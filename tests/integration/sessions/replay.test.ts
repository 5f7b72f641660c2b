import { eq } from "drizzle-orm";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { jobs, sessions } from "@/db/schema";
import type { Transport } from "@/inngest/embedded";
import { postponeSession } from "@/server/services/sessions/postpone-session";
import { startSession } from "@/server/services/sessions/start-session";
import { HOUR_MS, inAnHour, openWorld } from "./world";

/**
 * Every step is executed, its answer is lost, and it is executed again: what happens when the server is killed after a
 * step has committed and before the engine has written down that it has.
 */
const losingEveryAnswer = (transport: Transport): Transport => {
  return async (request) => {
    const again = request.clone();
    await transport(request);
    return transport(again);
  };
};

/** Only the nth executed step loses its answer. */
const losingAnswer = (nth: number) => {
  let step = 0;
  return (transport: Transport): Transport =>
    async (request) => {
      if (request.method !== "POST") return transport(request);
      step += 1;
      if (step !== nth) return transport(request);
      const again = request.clone();
      await transport(request);
      return transport(again);
    };
};

/** A session with a prerequisite, a task, a mail and a postponement, to its end; everything it left behind. */
async function wholeSession(around?: (transport: Transport) => Transport) {
  const world = await openWorld(around ? { around } : {});
  const agent = await world.makeComputer();
  await world.makePerson(agent.computerId);
  for (const name of ["app", "runtime"]) agent.available.set(name, "1.0");
  const app = await world.makeSoftware("app");
  await world.require(app, [await world.makeSoftware("runtime")]);
  await world.deploy(app, "installed-latest", {});
  let isOn = false;
  agent.scripts.set("test", () => isOn);
  agent.scripts.set("set", () => {
    isOn = true;
    return null;
  });
  await world.deploy(await world.makeTask("Firewall", { test: "test", set: "set" }), "enforce", {});
  const { sessionId } = await startSession({
    ctx: world.technician,
    input: { computerId: agent.computerId, kind: "full", options: inAnHour },
  });
  await world.settle();
  await postponeSession({ ctx: world.technician, input: { sessionId, to: "1h" } });
  await world.settle();
  await world.advance(3 * HOUR_MS);
  const { db } = world.runtime.database;
  const [session] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
  const made = await db.select().from(jobs).where(eq(jobs.sessionId, sessionId));
  return {
    status: session?.status,
    planHash: session?.planHash,
    actions: (await world.actions(sessionId)).map(({ position, sentence, status, result, attempt, dependsOn }) => ({
      ...{ position, sentence, status, result, attempt, dependsOn },
    })),
    jobs: made.map(({ purpose, status, attempt }) => `${purpose} ${status} ${attempt}`).sort(),
    starts: agent.started.length,
    ran: agent.ran,
    mails: await world.mails(sessionId),
    events: await world.events(sessionId),
  };
}

describe("a session whose server is killed", () => {
  it("after every single step comes to the same end, with no job and no mail twice", async () => {
    const undisturbed = await wholeSession();
    expect(undisturbed.status).toBe("passed");
    expect(undisturbed.ran.filter((what) => what === "install app")).toHaveLength(1);
    expect(undisturbed.mails).toEqual(["before", "postponed", "after"]);
    expect(await wholeSession(losingEveryAnswer)).toEqual(undisturbed);
  });

  it.each([3, 4, 6, 9, 12, 15])("after request %i comes to the same end", async (nth) => {
    const result = await wholeSession(losingAnswer(nth));
    expect(result.status).toBe("passed");
    expect(result.starts).toBe(result.jobs.length);
    expect(result.mails).toEqual(["before", "postponed", "after"]);
  });
});

describe("a fault of the product", () => {
  it("that does not go away ends the session as failed, with nothing left running", async () => {
    // The SDK tells of each of the tries.
    vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const world = await openWorld();
    const agent = await world.makeComputer();
    agent.treat = () => "hold";
    const { sessionId } = await startSession({
      ctx: world.technician,
      input: { computerId: agent.computerId, kind: "full" },
    });
    await world.settle();
    await world.runtime.database.db.update(sessions).set({ trace: null }).where(eq(sessions.id, sessionId));
    await agent.release();
    await world.settle();
    await world.advance(6 * HOUR_MS);
    expect(await world.session(sessionId)).toMatchObject({
      status: "failed",
      computerTurn: null,
      statusReason: expect.stringContaining("fault of Evenkeel itself"),
    });
  });
});
