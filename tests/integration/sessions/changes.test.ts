import { describe, expect, it } from "vitest";
import { cancelSession } from "@/server/services/sessions/cancel-session";
import { postponeSession } from "@/server/services/sessions/postpone-session";
import { runSessionNow } from "@/server/services/sessions/run-session-now";
import { lackingJq, outcome } from "./lacking-jq";
import { HOUR_MS, MINUTE_MS } from "./world";

describe("postponing", () => {
  it("moves the execution, and tells the user so", async () => {
    const { world, agent, start } = await lackingJq();
    const sessionId = await start();
    await postponeSession({ ctx: world.technician, input: { sessionId, to: "2h" } });
    await world.settle();
    expect(await world.session(sessionId)).toMatchObject({
      status: "postponed",
      executionAt: new Date("2030-03-04T12:00:00Z"),
    });
    expect(await world.mails(sessionId)).toEqual(["before", "postponed"]);
    await world.advance(HOUR_MS + 59 * MINUTE_MS);
    expect(agent.ran).toEqual([]);
    await world.advance(HOUR_MS + MINUTE_MS);
    expect(agent.ran).toEqual(["install jq"]);
    expect((await world.session(sessionId)).status).toBe("passed");
  });

  it("is too late once execution has begun, and once the session has ended", async () => {
    const { world, agent, start } = await lackingJq();
    agent.treat = (job) => (job.purpose === "execute" ? "hold" : "run");
    const sessionId = await start();
    await world.advance(HOUR_MS);
    const postpone = () => postponeSession({ ctx: world.technician, input: { sessionId, to: "1h" } });
    await expect(postpone()).rejects.toMatchObject({ code: "too-late", message: expect.stringContaining("has begun") });
    await agent.release();
    await world.settle();
    expect((await world.session(sessionId)).status).toBe("passed");
    await expect(postpone()).rejects.toMatchObject({ code: "too-late", message: expect.stringContaining("ended") });
  });

  it("that races with the start is either obeyed or told that it has begun", async () => {
    for (const first of ["postpone", "begin"] as const) {
      const { world, agent, start } = await lackingJq();
      const sessionId = await start();
      const postpone = () =>
        postponeSession({ ctx: world.technician, input: { sessionId, to: "2h" } }).then(
          () => "obeyed",
          (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
        );
      const racing =
        first === "postpone"
          ? [postpone(), world.advance(HOUR_MS)]
          : [world.advance(HOUR_MS), new Promise((go) => setImmediate(go)).then(postpone)];
      const answers = await Promise.all(racing);
      await world.settle();
      const answer = answers.find((each) => each !== undefined);
      expect(["obeyed", "too-late"]).toContain(answer);
      expect(agent.ran).toEqual(answer === "obeyed" ? [] : ["install jq"]);
    }
  });
});

describe("run now", () => {
  it("starts the execution at once", async () => {
    const { world, agent, start } = await lackingJq();
    const sessionId = await start();
    await runSessionNow({ ctx: world.technician, input: { sessionId } });
    await world.settle();
    expect(agent.ran).toEqual(["install jq"]);
    expect((await world.session(sessionId)).status).toBe("passed");
  });

  it("is refused where there is nothing to start", async () => {
    const { world, start } = await lackingJq();
    const sessionId = await start({ options: {} });
    await expect(runSessionNow({ ctx: world.technician, input: { sessionId } })).rejects.toMatchObject({
      code: "too-late",
    });
  });
});

describe("cancelling", () => {
  const stages = [
    { stage: "before detection", ran: [] },
    { stage: "during detection", ran: [] },
    { stage: "while it waits for its time", ran: [] },
    { stage: "during the verification of the plan", ran: [] },
    { stage: "during an action", ran: [] },
  ] as const;
  it.each(stages)("$stage leaves nothing running and nothing to come", async ({ stage, ran }) => {
    const { world, agent, start } = await lackingJq();
    const held = {
      "during detection": "detect",
      "during the verification of the plan": "verify",
      "during an action": "execute",
    }[stage as string];
    agent.treat = (job) => (job.purpose === held ? "hold" : "run");
    if (stage === "before detection") agent.treat = () => "ignore";
    const sessionId = await start();
    if (held === "verify" || held === "execute") await world.advance(HOUR_MS);
    await cancelSession({ ctx: world.technician, input: { sessionId } });
    await agent.release("cancelled");
    await world.settle();
    await world.advance(2 * HOUR_MS);
    const { status, actions, computerTurn } = await outcome(world, sessionId);
    expect({ status, computerTurn }).toEqual({ status: "cancelled", computerTurn: null });
    for (const [, actionStatus, result] of actions) {
      expect(["done", "skipped"]).toContain(actionStatus);
      expect(result).toBe("cancelled");
    }
    expect(agent.ran).toEqual(ran);
    expect(await world.mails(sessionId)).not.toContain("after");
  });

  it("frees the computer for the next session", async () => {
    const { world, agent, start } = await lackingJq();
    agent.treat = () => "hold";
    const first = await start({ options: {} });
    const second = await start({ options: {} });
    expect(await world.session(second)).toMatchObject({ status: "created", computerTurn: "waits" });
    agent.treat = () => "run";
    await cancelSession({ ctx: world.technician, input: { sessionId: first } });
    await agent.release("cancelled");
    await world.settle();
    expect((await world.session(second)).status).toBe("passed");
  });
});

describe("sessions on one computer", () => {
  it("run one at a time: ad hoc before onboarding before scheduled, the older first", async () => {
    const { world, agent, start } = await lackingJq();
    agent.treat = () => "hold";
    const running = await start({ options: {} });
    const scheduled = await start({ options: {}, cause: "schedule" });
    const onboarding = await start({ options: {}, cause: "onboarding" });
    const adHoc = await start({ options: {} });
    const adHocToo = await start({ options: {} });
    const order: number[] = [];
    for (let round = 0; round < 20 && order.length < 5; round++) {
      await agent.release();
      await world.settle();
      for (const id of [running, scheduled, onboarding, adHoc, adHocToo]) {
        if ((await world.session(id)).endedAt !== null && !order.includes(id)) order.push(id);
      }
    }
    expect(order).toEqual([running, adHoc, adHocToo, onboarding, scheduled]);
  });

  it("a session that comes due while another runs waits for its turn", async () => {
    const { world, agent, start } = await lackingJq();
    const due = await start();
    agent.treat = (job) => (job.sessionId === due ? "run" : "hold");
    await world.advance(59 * MINUTE_MS);
    const running = await start({ kind: "detection-only" });
    await world.advance(MINUTE_MS);
    expect(await world.session(due)).toMatchObject({ status: "pending-execution", computerTurn: "waits" });
    await agent.release();
    await world.settle();
    expect((await world.session(running)).status).toBe("passed");
    expect((await world.session(due)).status).toBe("passed");
    expect(agent.ran).toEqual(["install jq"]);
  });
});
