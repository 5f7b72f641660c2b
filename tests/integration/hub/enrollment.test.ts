import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents, auditLog, computers, enrollmentKeys, outboxEvents, signingKeys } from "@/db/schema";
import { MAX_BODY_BYTES } from "@/server/agents/wire";
import { listEnrollmentKeys } from "@/server/services/agents/list-enrollment-keys";
import { revokeAgent } from "@/server/services/agents/revoke-agent";
import { revokeEnrollmentKey } from "@/server/services/agents/revoke-enrollment-key";
import { machine, openWorld, type World } from "./world";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const system = () => world.runtime.systemContext("test");
const request = (parts: object = {}) => ({
  protocol: 1,
  enrollmentKey: world.enrollmentKey,
  instanceId: randomUUID(),
  facts: machine(),
  ...parts,
});
const countAgents = () => world.runtime.database.db.$count(agents);

async function makeKeyThat(change: "is revoked" | "has expired"): Promise<string> {
  const key = await world.makeKey(world.tenantId);
  const [made] = (await listEnrollmentKeys({ ctx: system(), input: {} })).slice(0, 1);
  if (!made) throw new Error("no key was listed");
  if (change === "is revoked") await revokeEnrollmentKey({ ctx: system(), input: { id: made.id } });
  else {
    const expiresAt = new Date(world.runtime.clock.now().getTime() - 1);
    await world.runtime.database.db.update(enrollmentKeys).set({ expiresAt }).where(eq(enrollmentKeys.id, made.id));
  }
  return key;
}

describe("what is refused", () => {
  it.each([
    ["a key nobody made", async () => "ek_nobody", /not known/],
    ["a revoked key", () => makeKeyThat("is revoked"), /revoked/],
    ["an expired key", () => makeKeyThat("has expired"), /expired/],
  ])("%s is refused in words and nobody is let in", async (_what, makeKey, words) => {
    const before = await countAgents();
    const reply = await world.send({ path: "/enroll", body: request({ enrollmentKey: await makeKey() }) });
    expect(reply).toMatchObject({ status: 401, code: "bad-enrollment-key", message: expect.stringMatching(words) });
    expect(await countAgents()).toBe(before);
  });

  it.each([
    ["no JSON", () => "{", 400, "bad-request", /not JSON/],
    ["bytes that are not UTF-8 inside JSON text", () => "\u0000", 400, "bad-request", /not JSON/],
    ["a list", () => [], 400, "bad-request", /body/],
    ["another protocol", () => request({ protocol: 2 }), 400, "bad-request", /protocol/],
    ["a field that is not known", () => request({ extra: 1 }), 400, "bad-request", /extra/],
    [
      "facts without a name",
      () => request({ facts: machine({ hostName: "" }) }),
      400,
      "bad-request",
      /facts\.hostName/,
    ],
    ["a body over the limit", () => "x".repeat(MAX_BODY_BYTES + 1), 413, "body-too-large", /larger than/],
  ])("%s is refused, naming what is wrong", async (_what, body, status, code, words) => {
    const before = await countAgents();
    const reply = await world.send({ path: "/enroll", body: body() });
    expect(reply).toMatchObject({ status, code, message: expect.stringMatching(words) });
    expect(await countAgents()).toBe(before);
  });

  it.each([
    ["GET", "/enroll", 405],
    ["POST", "/stream", 405],
    ["POST", "/nothing", 404],
    ["POST", "/jobs/x", 404],
  ])("%s %s says that there is no such thing", async (method, path, status) => {
    const reply = await world.send({ method, path });
    expect(reply).toMatchObject({ status, code: "bad-request" });
  });

  it.each([
    ["no token", undefined],
    ["no bearer", "Basic eA=="],
    ["an id that is none", `Bearer x.${"s".repeat(43)}`],
    ["an agent nobody knows", `Bearer ${randomUUID()}.${"s".repeat(43)}`],
  ])("%s is unauthorized", async (_what, authorization) => {
    const call = { path: "/check-in", body: { facts: machine() }, ...(authorization ? { authorization } : {}) };
    expect(await world.send(call)).toMatchObject({ status: 401, code: "unauthorized" });
  });

  it("another agent's secret is unauthorized", async () => {
    const [one, other] = [await world.enroll(), await world.enroll()];
    const authorization = `Bearer ${one.agentId}.${other.agentSecret}`;
    expect(await world.send({ path: "/check-in", authorization })).toMatchObject({ status: 401, code: "unauthorized" });
  });

  it("whoever keeps guessing keys is told to wait, and others are not", async () => {
    const guess = (address: string) =>
      world.send({ path: "/enroll", body: request({ enrollmentKey: "ek_x" }), address });
    const replies = [];
    for (let n = 0; n < 25; n++) replies.push(await guess("198.51.100.7"));
    const last = replies.at(-1);
    expect(replies[0]).toMatchObject({ status: 401 });
    expect(last).toMatchObject({ status: 429, code: "too-many-requests" });
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await guess("198.51.100.8")).toMatchObject({ status: 401 });
  });
});

describe("who is let in", () => {
  it("gets a secret that counts, and the public half of the signing key", async () => {
    const agent = await world.enroll();
    expect(agent.signingKeys[0]?.jwk).toStrictEqual({ kty: "OKP", crv: "Ed25519", x: expect.any(String) });
    const reply = await world.send({ path: "/check-in", body: { facts: machine() }, agent });
    expect(reply).toMatchObject({ status: 200, body: { accepted: true } });
  });

  it("leaves an audit entry with the agent's name, and no secret in it", async () => {
    const agent = await world.enroll({ facts: { hostName: "audited" } });
    const entries = await world.runtime.database.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.actorId, agent.agentId))
      .orderBy(asc(auditLog.id));
    expect(entries).toMatchObject([
      {
        action: "agent.enroll",
        actorKind: "agent",
        actorName: "audited",
        tenantId: world.tenantId,
        address: "192.0.2.1",
        after: { hostName: "audited", again: false },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain(agent.agentSecret);
    expect(JSON.stringify(entries)).not.toContain(world.enrollmentKey);
  });

  it("tells the engine that it wants to be identified", async () => {
    const agent = await world.enroll();
    const events = await world.runtime.database.db.select().from(outboxEvents);
    expect(events).toContainEqual(
      expect.objectContaining({ name: "agent/enrolled", data: { agentId: agent.agentId } }),
    );
  });

  it("keeps neither key nor secret in clear text", async () => {
    const agent = await world.enroll();
    const [row] = await world.runtime.database.db.select().from(agents).where(eq(agents.id, agent.agentId));
    const keys = await world.runtime.database.db.select().from(enrollmentKeys);
    const signing = await world.runtime.database.db.select().from(signingKeys);
    expect(JSON.stringify(row)).not.toContain(agent.agentSecret);
    expect(JSON.stringify(keys)).not.toContain(world.enrollmentKey);
    expect(signing[0]?.privateJwkEncrypted).toMatch(/^v1\./);
  });

  it("stays the same agent when it enrols again; only the new secret counts", async () => {
    const first = await world.enroll();
    const second = await world.enroll({ instanceId: first.instanceId });
    expect(second.agentId).toBe(first.agentId);
    expect(second.agentSecret).not.toBe(first.agentSecret);
    const facts = machine();
    expect(await world.send({ path: "/check-in", body: { facts }, agent: first })).toMatchObject({ status: 401 });
    expect(await world.send({ path: "/check-in", body: { facts }, agent: second })).toMatchObject({ status: 200 });
  });

  it("cannot take another customer's agent over by its instance id", async () => {
    const first = await world.enroll();
    const key = await world.makeKey(await world.makeTenant("Fabrikam"));
    const body = request({ enrollmentKey: key, instanceId: first.instanceId });
    expect(await world.send({ path: "/enroll", body })).toMatchObject({ status: 401, code: "bad-enrollment-key" });
    expect(await world.send({ path: "/check-in", body: { facts: machine() }, agent: first })).toMatchObject({
      status: 200,
    });
  });

  it("is out at once when it is revoked, its open stream too, and stays out when it enrols again", async () => {
    const agent = await world.enroll();
    const stream = await world.connect(agent);
    await stream.event("hello");
    await revokeAgent({ ctx: system(), input: { agentId: agent.agentId } });
    await stream.event("bye");
    await stream.ended;
    expect(await world.send({ path: "/check-in", agent })).toMatchObject({ status: 403, code: "revoked" });
    const body = request({ instanceId: agent.instanceId });
    expect(await world.send({ path: "/enroll", body })).toMatchObject({ status: 403, code: "revoked" });
    const audited = await world.runtime.database.db.select().from(auditLog).where(eq(auditLog.action, "agent.revoke"));
    expect(audited).toMatchObject([{ entityId: agent.agentId, tenantId: world.tenantId }]);
  });
});

describe("check-in", () => {
  it("changes what the computer's row says of the machine", async () => {
    const facts = machine({ hostName: "before" });
    const agent = await world.enroll({ facts });
    const changed = { ...facts, hostName: "after", pendingReboot: { pending: true, reasons: ["kernel"] } };
    await world.send({ path: "/check-in", body: { facts: changed }, agent });
    const found = await world.runtime.database.db.select().from(computers).where(eq(computers.name, "after"));
    expect(found).toMatchObject([{ pendingReboot: true, status: "needs-onboarding", tenantId: world.tenantId }]);
  });

  it("that is not usable changes nothing", async () => {
    const facts = machine({ hostName: "untouched" });
    const agent = await world.enroll({ facts });
    const reply = await world.send({
      path: "/check-in",
      body: { facts: { ...facts, hostName: "x", deviceClass: "toaster" } },
      agent,
    });
    expect(reply).toMatchObject({ status: 400, message: expect.stringMatching(/facts\.deviceClass/) });
    const found = await world.runtime.database.db.select().from(computers).where(eq(computers.name, "untouched"));
    expect(found).toHaveLength(1);
  });
});
