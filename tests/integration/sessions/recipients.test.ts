import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { messageLinks, sessions } from "@/db/schema";
import type { SessionOptions } from "@/server/core/sessions";
import { cancelSession } from "@/server/services/sessions/cancel-session";
import { postponeSession } from "@/server/services/sessions/postpone-session";
import { runSessionNow } from "@/server/services/sessions/run-session-now";
import { startSession } from "@/server/services/sessions/start-session";
import { startSessions } from "@/server/services/sessions/start-sessions";
import { HOUR_MS, inAnHour, openWorld } from "./world";

/** A waiting session, and the one who got its mail. */
async function told(options: Partial<SessionOptions> = {}) {
  const world = await openWorld();
  const agent = await world.makeComputer();
  agent.available.set("jq", "1.7");
  await world.deploy(await world.makeSoftware("jq"), "installed-latest", {});
  const begin = async () => {
    const { sessionId } = await startSession({
      ctx: world.technician,
      input: { computerId: agent.computerId, kind: "full", options: { ...inAnHour, ...options } },
    });
    await world.settle();
    return sessionId;
  };
  const sessionId = await begin();
  const linkId = randomUUID();
  await world.runtime.database.db.insert(messageLinks).values({
    id: linkId,
    sessionId,
    recipient: "kim@contoso.test",
    purpose: "plan",
    createdAt: world.clock.now(),
    expiresAt: new Date(world.clock.now().getTime() + 100 * HOUR_MS),
  });
  const kim = world.runtime.contextFor({ kind: "recipient", linkId, name: "Kim Lee", tenantId: world.tenantId });
  return { world, agent, sessionId, kim, begin };
}

describe("one who got the mail", () => {
  it("postpones as often as the budget allows, and is told when it is spent", async () => {
    const { world, sessionId, kim } = await told({ postponeMaxCount: 2 });
    const postpone = () => postponeSession({ ctx: kim, input: { sessionId, to: "1h" } });
    expect((await postpone()).postponeCount).toBe(1);
    expect((await postpone()).postponeCount).toBe(2);
    await expect(postpone()).rejects.toMatchObject({ code: "bad-input" });
    expect((await world.session(sessionId)).executionAt).toEqual(new Date("2030-03-04T12:00:00Z"));
  });

  it("cannot postpone beyond the latest time", async () => {
    const { sessionId, kim } = await told({ postponeMaxHours: 3 });
    const to = new Date("2030-03-05T10:00:00Z");
    await expect(postponeSession({ ctx: kim, input: { sessionId, to } })).rejects.toMatchObject({ code: "bad-input" });
  });

  it("a technician is bound by no budget", async () => {
    const { world, sessionId } = await told({ postponeMaxCount: 0, allowsPostpone: false });
    const moved = await postponeSession({ ctx: world.technician, input: { sessionId, to: "4h" } });
    expect(moved).toEqual({ executionAt: new Date("2030-03-04T14:00:00Z"), postponeCount: 0 });
  });

  it.each([
    ["allowsPostpone", (ctx: never, sessionId: number) => postponeSession({ ctx, input: { sessionId, to: "1h" } })],
    ["allowsCancel", (ctx: never, sessionId: number) => cancelSession({ ctx, input: { sessionId } })],
    ["allowsRunNow", (ctx: never, sessionId: number) => runSessionNow({ ctx, input: { sessionId } })],
  ] as const)("may do only what the session allows: %s", async (option, change) => {
    const { world, sessionId, kim } = await told({ [option]: false });
    await expect(change(kim as never, sessionId)).rejects.toMatchObject({ code: "forbidden" });
    expect((await world.session(sessionId)).status).toBe("pending-execution");
  });

  it("cannot touch another session", async () => {
    const { kim, begin } = await told();
    const other = await begin();
    await expect(cancelSession({ ctx: kim, input: { sessionId: other } })).rejects.toMatchObject({ code: "not-found" });
  });

  it("cancels this occurrence before it begins, and is too late after", async () => {
    const early = await told();
    await cancelSession({ ctx: early.kim, input: { sessionId: early.sessionId } });
    await early.world.advance(2 * HOUR_MS);
    expect(early.agent.ran).toEqual([]);

    const late = await told();
    late.agent.treat = (job) => (job.purpose === "execute" ? "hold" : "run");
    await late.world.advance(HOUR_MS);
    await expect(cancelSession({ ctx: late.kim, input: { sessionId: late.sessionId } })).rejects.toMatchObject({
      code: "too-late",
    });
    await late.agent.release();
    await late.world.settle();
    expect((await late.world.session(late.sessionId)).status).toBe("passed");
  });
});

describe("rights", () => {
  it("who only reads changes nothing, and another tenant's session does not exist", async () => {
    const { world, sessionId } = await told();
    const as = (role: "msp-reader" | "tenant-admin", tenantId: number | null) =>
      world.runtime.contextFor({ kind: "user", userId: 1, name: "Someone", role, tenantId });
    await expect(cancelSession({ ctx: as("msp-reader", null), input: { sessionId } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(cancelSession({ ctx: as("tenant-admin", 999), input: { sessionId } })).rejects.toMatchObject({
      code: "not-found",
    });
    expect((await world.session(sessionId)).status).toBe("pending-execution");
  });

  it("no person makes a session look as if a schedule had started it", async () => {
    const world = await openWorld();
    const { computerId } = await world.makeComputer();
    for (const claim of [{ cause: "schedule" }, { scheduleId: 1 }, { cause: "schedule", scheduleId: 1 }] as const) {
      const one = { computerId, kind: "full", ...claim } as const;
      await expect(startSession({ ctx: world.technician, input: one })).rejects.toMatchObject({ code: "forbidden" });
      const many = { computers: { ids: [computerId] }, kind: "full", ...claim } as const;
      await expect(startSessions({ ctx: world.technician, input: many })).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await world.runtime.database.db.$count(sessions)).toBe(0);
    const bySchedule = { computerId, kind: "full", cause: "schedule" } as const;
    const { sessionId } = await startSession({ ctx: world.system, input: bySchedule });
    expect((await world.session(sessionId)).cause).toBe("schedule");
  });
});
