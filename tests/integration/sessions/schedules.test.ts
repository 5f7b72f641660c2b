import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { computers, scheduleRuns, schedules, sessions } from "@/db/schema";
import { createSchedule } from "@/server/services/schedules/create-schedule";
import { removeSchedule } from "@/server/services/schedules/remove-schedule";
import { runScheduleOccurrence } from "@/server/services/schedules/run-schedule-occurrence";
import { HOUR_MS, MINUTE_MS, openWorld, type World } from "./world";

type Draft = Parameters<typeof createSchedule>[0]["input"]["draft"];

const everyDay = (world: World, given: Partial<Draft> = {}): Draft => ({
  name: "Nightly",
  target: { scope: "tenant", targetType: "all", targetTenantId: world.tenantId, deviceClass: "any" },
  recurrenceKind: "rrule",
  recurrence: "FREQ=DAILY",
  detectionTime: "22:00",
  timeZoneKind: "schedule",
  timeZone: "Europe/Berlin",
  ...given,
});

const runsOf = (world: World) =>
  world.runtime.database.db.select().from(scheduleRuns).orderBy(asc(scheduleRuns.dueAt), asc(scheduleRuns.timeZone));
const sessionsOf = (world: World) => world.runtime.database.db.select().from(sessions).orderBy(asc(sessions.id));

describe("a schedule", () => {
  it("starts a session on each of its computers when it is due, day after day", async () => {
    const world = await openWorld();
    await world.makeComputer();
    await world.makeComputer();
    await createSchedule({ ctx: world.technician, input: { draft: everyDay(world) } });
    await world.settle();
    // 22:00 in Berlin is 21:00 UTC; the world begins at 9:00.
    await world.advance(12 * HOUR_MS - MINUTE_MS);
    expect(await sessionsOf(world)).toHaveLength(0);
    await world.advance(MINUTE_MS);
    expect((await sessionsOf(world)).map(({ status, cause }) => [status, cause])).toEqual([
      ["passed", "schedule"],
      ["passed", "schedule"],
    ]);
    await world.advance(24 * HOUR_MS);
    expect(await sessionsOf(world)).toHaveLength(4);
    expect(
      (await runsOf(world)).map(({ dueAt, outcome, sessionCount }) => [dueAt.toISOString(), outcome, sessionCount]),
    ).toEqual([
      ["2030-03-04T21:00:00.000Z", "started", 2],
      ["2030-03-05T21:00:00.000Z", "started", 2],
    ]);
  });

  it("in each computer's own zone starts each at its own ten o'clock", async () => {
    const world = await openWorld();
    const berlin = await world.makeComputer();
    const tokyo = await world.makeComputer({ timeZone: "Asia/Tokyo" });
    await createSchedule({
      ctx: world.technician,
      input: { draft: everyDay(world, { timeZoneKind: "computer", timeZone: null }) },
    });
    await world.settle();
    await world.advance(13 * HOUR_MS);
    const started = await sessionsOf(world);
    expect(started.map(({ computerId, createdAt }) => [computerId, createdAt.toISOString()])).toEqual([
      [tokyo.computerId, "2030-03-04T13:00:00.000Z"],
      [berlin.computerId, "2030-03-04T21:00:00.000Z"],
    ]);
  });

  it("leaves out computers that are excluded from maintenance", async () => {
    const world = await openWorld();
    const agent = await world.makeComputer();
    await world.runtime.database.db
      .update(computers)
      .set({ excludedFromMaintenance: true })
      .where(eq(computers.id, agent.computerId));
    await createSchedule({ ctx: world.technician, input: { draft: everyDay(world) } });
    await world.advance(24 * HOUR_MS);
    expect(await sessionsOf(world)).toHaveLength(0);
    expect((await runsOf(world)).map(({ sessionCount }) => sessionCount)).toEqual([0]);
  });

  it("does not pile up sessions on a computer that stays away", async () => {
    const world = await openWorld();
    const agent = await world.makeComputer();
    await agent.disconnect();
    await createSchedule({
      ctx: world.technician,
      input: { draft: everyDay(world, { offline: "apply-when-connected" }) },
    });
    await world.advance(72 * HOUR_MS);
    expect((await sessionsOf(world)).map(({ status }) => status)).toEqual(["pending-connectivity"]);
  });

  it("that was removed starts nothing more", async () => {
    const world = await openWorld();
    await world.makeComputer();
    const { id } = await createSchedule({ ctx: world.technician, input: { draft: everyDay(world) } });
    await world.settle();
    await removeSchedule({ ctx: world.technician, input: { id } });
    await world.advance(48 * HOUR_MS);
    expect(await sessionsOf(world)).toHaveLength(0);
  });

  it("executes at its execution time, not when it has detected", async () => {
    const world = await openWorld();
    const agent = await world.makeComputer();
    agent.available.set("jq", "1.7");
    await world.deploy(await world.makeSoftware("jq"), "installed-latest", {});
    await createSchedule({ ctx: world.technician, input: { draft: everyDay(world, { executionTime: "03:00" }) } });
    await world.advance(12 * HOUR_MS);
    const [session] = await sessionsOf(world);
    expect(session?.executionAt).toEqual(new Date("2030-03-05T02:00:00Z"));
    await world.advance(5 * HOUR_MS);
    expect(agent.ran).toEqual(["install jq"]);
  });
});

describe("what came due while the server was down", () => {
  /** A schedule for eight o'clock whose events reached nobody; it is nine, and this is what a run finds on its return. */
  async function onReturn(graceMinutes: number) {
    const world = await openWorld();
    await world.makeComputer();
    const { db } = world.runtime.database;
    const changedAt = new Date("2030-03-01T12:00:00Z");
    const [schedule] = await db
      .insert(schedules)
      .values({
        ...{ name: "Early", scope: "tenant", targetType: "all", targetTenantId: world.tenantId, deviceClass: "any" },
        ...{
          targetKey: `tenant:${world.tenantId}`,
          recurrenceKind: "rrule",
          recurrence: "FREQ=DAILY",
          detectionTime: "08:00",
        },
        ...{ timeZoneKind: "schedule", timeZone: "UTC", offline: "skip", reboot: "suppress", graceMinutes },
        ...{ mailsBefore: true, mailsAfter: true, allowsPostpone: true, allowsCancel: true, allowsRunNow: true },
        ...{ postponeMaxCount: 3, postponeMaxHours: 72, createdAt: changedAt, updatedAt: changedAt },
      } as typeof schedules.$inferInsert)
      .returning();
    const settledUntilMs = changedAt.getTime();
    const run = () =>
      runScheduleOccurrence({
        ctx: world.system,
        input: { scheduleId: schedule?.id ?? 0, changedAtMs: settledUntilMs, settledUntilMs },
      });
    return { world, run };
  }

  it("runs once if it is within its grace; what was due before that is missed", async () => {
    const { world, run } = await onReturn(120);
    expect(await run()).toEqual({ started: 1, missed: 2 });
    expect(await run()).toEqual({ started: 0, missed: 0 });
    expect((await runsOf(world)).map(({ outcome }) => outcome)).toEqual(["missed", "missed", "started"]);
    expect(await sessionsOf(world)).toHaveLength(1);
  });

  it("is missed altogether beyond its grace", async () => {
    const { world, run } = await onReturn(30);
    expect(await run()).toEqual({ started: 0, missed: 3 });
    expect(await sessionsOf(world)).toHaveLength(0);
  });
});
