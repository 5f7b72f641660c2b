import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { jobs } from "@/db/schema";
import { resume } from "@/server/services/jobs/resume";
import { stopAll } from "@/server/services/jobs/stop-all";
import { lackingJq, outcome } from "./lacking-jq";
import { HOUR_MS, MINUTE_MS } from "./world";

/** A world whose agent is offered nothing while dispatch is stopped. */
async function withSwitch() {
  const { world, agent, start } = await lackingJq();
  const ctx = world.runtime.contextFor({
    kind: "user",
    userId: 1,
    name: "Ada",
    role: "msp-admin",
    tenantId: null,
  });
  return {
    world,
    agent,
    start,
    jobsOf: (sessionId: number) => world.runtime.database.db.$count(jobs, eq(jobs.sessionId, sessionId)),
    async stop() {
      agent.treat = () => "ignore";
      await stopAll({ ctx });
    },
    async goOn() {
      agent.treat = () => "run";
      await resume({ ctx });
      await world.settle();
    },
  };
}

const heldReason = expect.stringContaining("Everything is held");

describe("a session while every dispatch is stopped", () => {
  it("waits for its detection however long, says why, and goes on when dispatch is resumed", async () => {
    const { world, agent, start, stop, goOn, jobsOf } = await withSwitch();
    await stop();
    const sessionId = await start({ options: {} });
    // Longer than a job may wait for its start, and than the run waits for a job's end.
    for (const ms of [0, HOUR_MS, 25 * HOUR_MS]) {
      await world.advance(ms);
      expect(await world.session(sessionId)).toMatchObject({ status: "running", statusReason: heldReason });
      expect(await jobsOf(sessionId)).toBe(1);
    }
    await goOn();
    expect(await outcome(world, sessionId)).toMatchObject({ status: "passed" });
    expect(agent.ran).toEqual(["install jq"]);
    expect((await world.session(sessionId)).statusReason).not.toEqual(heldReason);
  });

  it("whose job waits already says so too, and the job has the time it had left", async () => {
    const { world, agent, start, stop, goOn, jobsOf } = await withSwitch();
    agent.treat = () => "ignore";
    const sessionId = await start({ options: {} });
    await world.advance(4 * MINUTE_MS);
    await stop();
    expect((await world.session(sessionId)).statusReason).toEqual(heldReason);
    await world.advance(HOUR_MS);
    await goOn();
    expect((await world.session(sessionId)).status).toBe("passed");
    // Detection and the one action: nothing was tried again.
    expect(await jobsOf(sessionId)).toBe(2);
  });

  it("waits with its execution", async () => {
    const { world, agent, start, stop, goOn } = await withSwitch();
    const sessionId = await start();
    await stop();
    await world.advance(3 * HOUR_MS);
    expect(await world.session(sessionId)).toMatchObject({ status: "running", statusReason: heldReason });
    expect(agent.ran).toEqual([]);
    await goOn();
    expect(await outcome(world, sessionId)).toMatchObject({
      status: "passed",
      actions: [["install", "done", "compliant"]],
    });
    expect(agent.ran).toEqual(["install jq"]);
  });
});
