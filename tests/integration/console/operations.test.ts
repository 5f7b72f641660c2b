import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { eq, sql } from "drizzle-orm";
import superjson from "superjson";
import { describe, expect, it } from "vitest";
import { actions, auditLog, computers, jobOutput, jobs, sessions, tagAssignments } from "@/db/schema";
import { FAULT_SENTENCE } from "@/server/trpc/errors";
import { createContextInner } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/root";
import { createWorld, furnish, one, type World } from "./world";

const scene = async () => {
  const world = await createWorld();
  return { world, admin: world.as(await world.actor("msp-admin")), db: world.database.db };
};
type Draft = Parameters<ReturnType<World["as"]>["schedules"]["create"]>[0]["draft"];
const nightly = (tenantId: number): Draft => ({
  name: "Nightly",
  target: { scope: "tenant", targetType: "all", targetTenantId: tenantId },
  recurrenceKind: "rrule",
  recurrence: "FREQ=DAILY",
  detectionTime: "20:00",
  executionTime: "22:00",
  timeZoneKind: "tenant",
});

describe("schedules", () => {
  it("say when they are due next where they run, and tell what plans occurrences of each change", async () => {
    const { world, admin } = await scene();
    world.committed.length = 0;
    const { id } = await admin.schedules.create({ draft: nightly(world.fabrikamId) });
    const schedule = await admin.schedules.get({ id });
    expect(schedule.shownTimeZone).toBe("Europe/Stockholm");
    expect(schedule.upcoming[0]).toEqual(new Date("2030-01-01T19:00:00Z"));
    await admin.schedules.setEnabled({ id, enabled: false });
    await admin.schedules.remove({ id });
    await admin.schedules.restore({ id });
    expect((await admin.schedules.get({ id })).upcoming).toEqual([]);
    expect(world.committed.flatMap((work) => work.eventIds)).toHaveLength(4);
    const log = await admin.audit.list({ entity: "schedule" });
    expect(log.rows.map((row) => row.action)).toEqual([
      "schedule.restore",
      "schedule.remove",
      "schedule.disable",
      "schedule.create",
    ]);
  });

  it("are copied disabled, and not saved over what someone else saved meanwhile", async () => {
    const { world, admin } = await scene();
    const { id } = await admin.schedules.create({ draft: nightly(world.contosoId) });
    const copy = await admin.schedules.get(await admin.schedules.duplicate({ id }));
    expect(copy).toMatchObject({ name: "Nightly (copy)", enabled: false, targetTenantId: world.contosoId });
    const { updatedAt } = await admin.schedules.get({ id });
    await world.clock.advance(1000);
    await admin.schedules.update({ id, updatedAt, draft: { ...nightly(world.contosoId), detectionTime: "21:00" } });
    await expect(admin.schedules.update({ id, updatedAt, draft: nightly(world.contosoId) })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  it.each<[string, Partial<Draft>, RegExp]>([
    ["a recurrence that is none", { recurrence: "FREQ=SOMETIMES" }, /recurrence/],
    ["a time that is none", { detectionTime: "25:00" }, /detectionTime/],
    ["a zone beside the tenant's own", { timeZone: "UTC" }, /timeZone/],
    ["no zone of its own", { timeZoneKind: "schedule" }, /timeZone/],
  ])("refuse %s", async (_, broken, field) => {
    const { world, admin } = await scene();
    await expect(admin.schedules.create({ draft: { ...nightly(world.contosoId), ...broken } })).rejects.toThrow(field);
    expect((await admin.schedules.list({})).total).toBe(0);
  });

  it("are not limited to an item that no deployment names", async () => {
    const { world, admin } = await scene();
    const jq = await world.addSoftware("jq");
    const draft = { ...nightly(world.contosoId), itemId: jq };
    await expect(admin.schedules.create({ draft })).rejects.toThrow(/No deployment says what jq should be/);
    await world.addDeployment(jq, { targetTenantId: world.contosoId });
    await admin.schedules.create({ draft });
  });
});

describe("tags", () => {
  it("are put on and taken off once, and a tenant's own stays within it", async () => {
    const { world, admin, db } = await scene();
    const { id } = await admin.tags.create({ name: "Kiosk", tenantId: world.contosoId });
    const holderIds = [
      await world.addComputer(world.contosoId, "a"),
      await world.addComputer(world.contosoSiteId, "b"),
    ];
    const assign = (assigned: boolean, ids = holderIds) =>
      admin.tags.assign({ id, holder: "computer", holderIds: ids, assigned });
    expect(await assign(true)).toEqual({ changed: 2 });
    expect(await assign(true)).toEqual({ changed: 0 });
    await expect(assign(true, [await world.addComputer(world.fabrikamId, "c")])).rejects.toThrow(/one tenant/);
    expect(await assign(false)).toEqual({ changed: 2 });
    expect(await db.select().from(tagAssignments)).toEqual([]);
    await expect(admin.tags.create({ name: "kiosk", tenantId: world.contosoId })).rejects.toThrow(/already/);
  });

  it("that a deployment targets are not deleted", async () => {
    const { world, admin } = await scene();
    const { id } = await admin.tags.create({ name: "Kiosk" });
    const target = { scope: "cross-tenant", targetType: "tag", targetId: id } as const;
    await admin.deployments.create({
      draft: { itemId: await world.addSoftware("jq"), desiredState: "installed-any", target },
    });
    await expect(admin.tags.remove({ id })).rejects.toThrow(/1 deployments or schedules target/);
  });
});

describe("computers", () => {
  it("that move to another tenant lose their primary person, and their agents move with them", async () => {
    const { world, admin, db } = await scene();
    const { computerId, personId } = await furnish(world, world.contosoId);
    await admin.computers.update({ id: computerId, pinnedPersonId: personId });
    await admin.computers.update({ id: computerId, tenantId: world.fabrikamId });
    const moved = await admin.computers.get({ id: computerId });
    expect(moved).toMatchObject({ tenantName: "Fabrikam", primaryPersonId: null, primaryPersonPinned: false });
    expect((await admin.computers.affinity({ id: computerId })).changes).toHaveLength(2);
    const technician = world.as(await world.actor("msp-technician"));
    await expect(technician.computers.update({ id: computerId, tenantId: world.contosoId })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(one(await db.select().from(computers).where(eq(computers.id, computerId))).tenantId).toBe(world.fabrikamId);
  });

  it("are not archived while a session of theirs has not ended", async () => {
    const { world, admin, db } = await scene();
    const { computerId, sessionId } = await furnish(world, world.contosoId);
    await expect(admin.computers.archive({ id: computerId })).rejects.toThrow(`Session ${sessionId} has not ended`);
    await db.update(sessions).set({ status: "cancelled", endedAt: world.clock.now() });
    await admin.computers.archive({ id: computerId });
    expect(await admin.computers.get({ id: computerId })).toMatchObject({ status: "archived", online: false });
  });
});

describe("the audit log", () => {
  it.each<[string, (world: World) => Promise<unknown>, RegExp]>([
    [
      "an entry that was changed",
      ({ database }) => database.db.execute(sql`update audit_log set actor_name = 'nobody' where sequence = 2`),
      /changed after/,
    ],
    [
      "an entry that was removed",
      ({ database }) => database.db.execute(sql`delete from audit_log where sequence = 2`),
      /entry 2 is missing/,
    ],
    [
      "a link that was redone",
      ({ database }) => database.db.execute(sql`update audit_log set previous_hash = 'x' where sequence = 3`),
      /not linked/,
    ],
  ])("shows %s", async (_, tamper, what) => {
    const { world, admin } = await scene();
    for (let n = 0; n < 3; n += 1) await admin.tenants.update({ id: world.fabrikamId, name: `Fabrikam ${n}` });
    expect(await admin.audit.verifyChain({})).toMatchObject({ problems: [] });
    await tamper(world);
    const { problems } = await admin.audit.verifyChain({});
    expect(problems.find((problem) => problem.chain === `tenant:${world.fabrikamId}`)?.what).toMatch(what);
    expect(await world.database.db.select().from(auditLog)).not.toEqual([]);
  });
});

describe("sessions", () => {
  it("show their output from its end, on from there, and back", async () => {
    const { world, admin, db } = await scene();
    const { sessionId, actionId } = await furnish(world, world.contosoId);
    const { id: jobId } = one(await db.select({ id: jobs.id }).from(jobs));
    const line = (sequence: number) => ({
      jobId,
      stepKey: "s|odd",
      sequence,
      stream: "stdout" as const,
      text: `line ${sequence}`,
      at: new Date(world.clock.now().getTime() + Math.floor(sequence / 3)),
    });
    await db.delete(jobOutput);
    await db.insert(jobOutput).values(Array.from({ length: 10 }, (_, n) => line(n)));
    const texts = (page: { rows: { text: string }[] }) => page.rows.map((row) => row.text.slice(5)).join("");
    const tail = await admin.sessions.output({ id: sessionId, limit: 4 });
    expect([texts(tail), tail.hasMore]).toEqual(["6789", true]);
    const before = await admin.sessions.output({ id: sessionId, limit: 4, before: tail.firstCursor });
    expect(texts(before)).toBe("2345");
    await db.insert(jobOutput).values([line(10), line(11)]);
    const after = await admin.sessions.output({ id: sessionId, actionId, limit: 4, after: tail.lastCursor });
    expect([texts(after), after.hasMore]).toEqual(["1011", false]);
    const nothing = await admin.sessions.output({ id: sessionId, after: after.lastCursor });
    expect(nothing).toMatchObject({ rows: [], lastCursor: after.lastCursor });
    await expect(admin.sessions.output({ id: sessionId, after: "x|y" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("the dashboard", () => {
  it("shows failures by cause until a later action settles them, and compliance by the newest session", async () => {
    const { world, admin, db } = await scene();
    const contoso = await furnish(world, world.contosoId);
    const endedAt = world.clock.now();
    const fail = { status: "done", result: "failed", resultReason: "MSI 1638", endedAt } as const;
    await db.update(actions).set(fail).where(eq(actions.id, contoso.actionId));
    await db.update(sessions).set({ status: "failed", endedAt }).where(eq(sessions.id, contoso.sessionId));
    const first = await admin.dashboard.summary({});
    expect(first).toMatchObject({
      failing: [{ itemId: contoso.softwareId, reason: "MSI 1638", computerCount: 1, tenantCount: 1, since: endedAt }],
      compliance: { compliant: 0, notCompliant: 1, unknown: 0 },
      needsPerson: { total: 1, causeCount: 1 },
    });
    expect((await admin.dashboard.summary({ tenantId: world.fabrikamId })).failing).toEqual([]);
    const { id: _, ...session } = one(await db.select().from(sessions).where(eq(sessions.id, contoso.sessionId)));
    const later = one(
      await db
        .insert(sessions)
        .values({ ...session, status: "passed" })
        .returning(),
    );
    const { id: __, ...action } = one(await db.select().from(actions).where(eq(actions.id, contoso.actionId)));
    await db.insert(actions).values({ ...action, sessionId: later.id, result: "compliant", resultReason: null });
    expect(await admin.dashboard.summary({})).toMatchObject({
      failing: [],
      compliance: { compliant: 1, notCompliant: 0 },
    });
  });

  it("shows tonight's sessions by tenant, and what runs now", async () => {
    const { world, admin } = await scene();
    const { sessionId } = await furnish(world, world.contosoId);
    const summary = await admin.dashboard.summary({});
    expect(summary.tonight).toMatchObject({ sessionCount: 1, lanes: [{ tenantName: "Contoso", sessionCount: 1 }] });
    expect(summary.running.rows).toEqual([]);
    await world.database.db.update(sessions).set({ status: "running" });
    await world.database.db.update(actions).set({ status: "running" });
    expect((await admin.dashboard.summary({})).running).toMatchObject({
      total: 1,
      rows: [{ sessionId, currentSentence: "Install it because it was not detected.", todoCount: 1, doneCount: 0 }],
    });
  });
});

describe("errors of procedures", () => {
  /** A request as the browser sends it; status and what the console is told. */
  async function request(world: World, path: string, input: unknown) {
    const actor = await world.actor("msp-admin");
    const response = await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: new Request(`http://here.test/api/trpc/${path}?input=${encodeURIComponent(superjson.stringify(input))}`),
      router: appRouter,
      createContext: () => createContextInner({ runtime: world.runtime, actor, address: null }),
    });
    const body = await response.json();
    return { status: response.status, text: JSON.stringify(body), error: body.error?.json };
  }

  it("tell faults as one sentence, without what is inside, and log their cause", async () => {
    const { world } = await scene();
    const logged: unknown[] = [];
    world.runtime.logger.error = (entry: unknown) => void logged.push(entry);
    await world.database.db.execute(sql`alter table tags rename to tags_away`);
    const { status, text, error } = await request(world, "tags.list", {});
    expect([status, error.message]).toEqual([500, FAULT_SENTENCE]);
    expect(text).not.toMatch(/select|tags_away|stack|node_modules/);
    expect(logged).toHaveLength(1);
  });

  it.each<[string, unknown, object]>([
    ["tenants.get", { id: 99 }, { data: { code: "NOT_FOUND", reason: "not-found", fields: {} } }],
    [
      "tenants.get",
      { id: "x" },
      { data: { code: "BAD_REQUEST", reason: "bad-input", fields: { id: expect.any(String) } } },
    ],
    ["branding.get", { tenantId: "x" }, { data: { code: "BAD_REQUEST", reason: "bad-input" } }],
    ["emails.get", { emailId: "x" }, { data: { code: "BAD_REQUEST", reason: "bad-input" } }],
    ["no.such", {}, { data: { code: "NOT_FOUND", reason: null } }],
  ])("tell what was wrong with %s of %j by code and field", async (path, input, expected) => {
    const { world } = await scene();
    expect((await request(world, path, input)).error).toMatchObject(expected);
  });
});
