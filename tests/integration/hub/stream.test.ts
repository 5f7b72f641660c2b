import { eq, like } from "drizzle-orm";
import { compactVerify, importJWK } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { agents, computers, jobs, outboxEvents } from "@/db/schema";
import { agentApiOf, closeAgentApi } from "@/server/agents/agent-api";
import { startHub } from "@/server/agents/hub";
import { jobSpec } from "@/server/agents/wire";
import type { Actor } from "@/server/services/context";
import { cancelJobs } from "@/server/services/jobs/cancel-jobs";
import { type CreateJobInput, createJob } from "@/server/services/jobs/create-job";
import { resume } from "@/server/services/jobs/resume";
import { stopAll } from "@/server/services/jobs/stop-all";
import { createVirtualClock, type VirtualClock } from "../../harness/virtual-clock";
import { type EnrolledAgent, openWorld, script, type World } from "./world";

let world: World;
let clock: VirtualClock;
let agent: EnrolledAgent;
beforeAll(async () => {
  clock = createVirtualClock();
  world = await openWorld({ clock });
  clock.watch(() => world.settled());
});
beforeEach(async () => {
  agent = await world.enroll();
});
afterAll(() => world.close());

const system = () => world.runtime.systemContext("test");
const administrator: Actor = { kind: "user", userId: 1, name: "Ada", role: "msp-admin", tenantId: null };

async function presence() {
  const [row] = await world.runtime.database.db
    .select({ connected: agents.connected, hubId: agents.hubId, online: computers.online, computerId: computers.id })
    .from(agents)
    .innerJoin(computers, eq(computers.id, agents.computerId))
    .where(eq(agents.id, agent.agentId));
  if (!row) throw new Error("The agent has no computer");
  return row;
}

async function makeJob(parts: Partial<CreateJobInput> = {}): Promise<string> {
  const { computerId } = await presence();
  const input = {
    computerId,
    purpose: "ad-hoc" as const,
    steps: [script("one")],
    attempt: 1,
    expiresAt: new Date(clock.now().getTime() + 3_600_000),
    ...parts,
  };
  return (await createJob({ ctx: system(), input })).jobId;
}

/** Opens a pushed job as an agent does: against the key it pinned when it enrolled. */
async function open(pushed: unknown) {
  const { jws } = pushed as { jws: string };
  const [key] = agent.signingKeys;
  if (!key) throw new Error("no signing key was given out");
  const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key.jwk, "EdDSA"));
  expect(protectedHeader).toStrictEqual({ alg: "EdDSA", kid: key.keyId });
  return jobSpec.parse(JSON.parse(new TextDecoder().decode(payload)));
}

describe("a stream", () => {
  it("is refused without a right secret", async () => {
    const reply = await world.send({
      method: "GET",
      path: "/stream",
      authorization: `Bearer ${agent.agentId}.${"x".repeat(43)}`,
    });
    expect(reply).toMatchObject({ status: 401, code: "unauthorized" });
    expect(await presence()).toMatchObject({ connected: false, online: false });
  });

  it("makes the computer online while it lasts, and tells the engine", async () => {
    const stream = await world.connect(agent);
    await stream.event("hello");
    await world.settled();
    const online = await presence();
    expect(online).toMatchObject({ connected: true, online: true, hubId: (await agentApiOf(world.runtime)).hub.id });
    const events = await world.runtime.database.db
      .select({ data: outboxEvents.data })
      .from(outboxEvents)
      .where(like(outboxEvents.id, `agent/connected/${agent.agentId}/%`));
    expect(events).toStrictEqual([{ data: { agentId: agent.agentId, computerId: online.computerId } }]);
    await stream.drop();
    await world.settled();
    expect(await presence()).toMatchObject({ connected: false, online: false, hubId: null });
  });

  it("keeps the computer online while another of its agents is connected", async () => {
    const facts = { osInstallationId: "shared" };
    agent = await world.enroll({ facts });
    const other = await world.enroll({ facts });
    const [one, two] = [await world.connect(agent), await world.connect(other)];
    await world.settled();
    await two.drop();
    await world.settled();
    expect(await presence()).toMatchObject({ online: true });
    await one.drop();
    await world.settled();
    expect(await presence()).toMatchObject({ online: false });
  });

  it("takes the place of an older one of the same agent, without the computer going offline", async () => {
    const first = await world.connect(agent);
    const second = await world.connect(agent);
    expect(await first.event("bye")).toMatchObject({ reason: expect.stringMatching(/taken its place/) });
    await first.ended;
    await world.settled();
    expect(await presence()).toMatchObject({ connected: true, online: true });
    const jobId = await makeJob();
    expect(await open(await second.event("job"))).toMatchObject({ jobId });
  });

  it("carries a comment every thirty seconds and nothing else while idle", async () => {
    const stream = await world.connect(agent);
    await clock.advance(120_000);
    await stream.event("hello");
    const comments = stream.received.filter(({ name }) => name === "comment");
    expect(comments).toHaveLength(4);
    expect(stream.received).toHaveLength(5);
  });

  it("ends with bye when the server stops, and everybody is offline", async () => {
    const other = await openWorld();
    const stream = await other.connect(await other.enroll());
    await other.settled();
    await closeAgentApi(other.runtime);
    expect(await stream.event("bye")).toMatchObject({ reconnectAfterMs: expect.any(Number) });
    await stream.ended;
    const found = await other.runtime.database.db.select({ online: computers.online }).from(computers);
    expect(found).toStrictEqual([{ online: false }]);
    await other.close();
  });
});

describe("a job", () => {
  it("is pushed, signed, the moment it exists", async () => {
    const stream = await world.connect(agent);
    const jobId = await makeJob({ steps: [script("one", { parameters: { name: "x" } })] });
    expect(await open(await stream.event("job"))).toMatchObject({
      jobId,
      agentId: agent.agentId,
      fence: { generation: 0, attempt: 1 },
      steps: [{ key: "one", parameters: { name: "x" } }],
    });
  });

  it("carries its secrets only on the line", async () => {
    const stream = await world.connect(agent);
    await makeJob({ secrets: { one: { PASSWORD: "correct horse" } } });
    expect((await open(await stream.event("job"))).steps).toMatchObject([
      { parameters: { PASSWORD: "correct horse" }, secretParameters: ["PASSWORD"] },
    ]);
  });

  it("waits for an agent that is away, and is pushed in order when it comes", async () => {
    const ids = [];
    for (let n = 1; n <= 3; n++) {
      ids.push(await makeJob({ id: crypto.randomUUID() }));
      await clock.advance(1000);
    }
    const stream = await world.connect(agent);
    await stream.event("job", 3);
    const pushed = await Promise.all([1, 2, 3].map(async (nth) => (await open(await stream.event("job", nth))).jobId));
    expect(pushed).toStrictEqual(ids);
  });

  it("that was not started is pushed again on each new connection; one that has ended is not", async () => {
    const kept = await makeJob({ id: crypto.randomUUID() });
    const ended = await makeJob({ id: crypto.randomUUID() });
    await (await world.connect(agent)).event("job", 2);
    await cancelJobs({ ctx: system(), input: { jobIds: [ended], reason: "called off" } });
    const stream = await world.connect(agent);
    await world.settled();
    await stream.event("job");
    const pushed = await Promise.all(
      stream.received.filter(({ name }) => name === "job").map(async ({ data }) => (await open(data)).jobId),
    );
    // Twice is possible, where a late wake-up meets the new connection; agents ignore what they know.
    expect(new Set(pushed)).toStrictEqual(new Set([kept]));
  });

  it("that has expired or belongs to an older generation is not pushed", async () => {
    await makeJob({ id: crypto.randomUUID(), expiresAt: clock.now() });
    const old = await makeJob({ id: crypto.randomUUID() });
    await world.runtime.database.db.update(jobs).set({ generation: -1 }).where(eq(jobs.id, old));
    const stream = await world.connect(agent);
    await world.settled();
    await stream.event("hello");
    expect(stream.received.map(({ name }) => name)).toStrictEqual(["hello"]);
  });

  it("that is called off is told to the agent, again on the next connection while it runs", async () => {
    const stream = await world.connect(agent);
    const jobId = await makeJob();
    await stream.event("job");
    const body = { fence: { generation: 0, attempt: 1 }, startId: crypto.randomUUID() };
    await world.send({ path: `/jobs/${jobId}/start`, agent, body });
    await cancelJobs({ ctx: system(), input: { jobIds: [jobId], reason: "called off" } });
    expect(await stream.event("cancel")).toStrictEqual({ jobId });
    await stream.drop();
    const next = await world.connect(agent);
    expect(await next.event("cancel")).toStrictEqual({ jobId });
  });

  it("never goes to another agent", async () => {
    const other = await world.connect(await world.enroll());
    const own = await world.connect(agent);
    await makeJob();
    await own.event("job");
    await world.settled();
    expect(other.received.map(({ name }) => name)).toStrictEqual(["hello"]);
  });

  it("is held while every dispatch is stopped, and goes out on resume", async () => {
    const ctx = world.runtime.contextFor(administrator);
    const stream = await world.connect(agent);
    await stopAll({ ctx });
    const jobId = await makeJob();
    await world.settled();
    await stream.event("hello");
    expect(stream.received.filter(({ name }) => name === "job")).toHaveLength(0);
    await resume({ ctx });
    expect(await open(await stream.event("job"))).toMatchObject({ jobId });
  });

  it("past its time is ended by the hub's sweep", async () => {
    await agentApiOf(world.runtime);
    const jobId = await makeJob({ expiresAt: new Date(clock.now().getTime() + 60_000) });
    await clock.advance(121_000);
    const [job] = await world.runtime.database.db.select().from(jobs).where(eq(jobs.id, jobId));
    expect(job?.status).toBe("expired");
  });
});

describe("a hub that was killed", () => {
  async function leaveBehind(hubName: string) {
    const hub = await startHub(world.runtime, hubName);
    const dead = { write: () => {}, pendingBytes: () => 0, end: () => {}, destroy: () => {} };
    hub.connect(agent.agentId, dead);
    await hub.settled();
    expect(await presence()).toMatchObject({ connected: true, online: true });
  }

  it("is cleared away by its successor of the same name at once", async () => {
    await leaveBehind("host:1");
    const successor = await startHub(world.runtime, "host:1");
    expect(await presence()).toMatchObject({ connected: false, online: false, hubId: null });
    await successor.close();
  });

  it("is left alone by hubs of other names while it lives", async () => {
    await leaveBehind("host:1");
    const other = await startHub(world.runtime, "host:2");
    expect(await presence()).toMatchObject({ connected: true, online: true });
    await other.close();
  });

  it("does not take an agent away from the hub that has it by now", async () => {
    const [first, second] = [await startHub(world.runtime, "host:1"), await startHub(world.runtime, "host:2")];
    const sink = { write: () => {}, pendingBytes: () => 0, end: () => {}, destroy: () => {} };
    const old = first.connect(agent.agentId, sink);
    await first.settled();
    second.connect(agent.agentId, sink);
    await second.settled();
    first.disconnect(old);
    await first.settled();
    expect(await presence()).toMatchObject({ connected: true, online: true, hubId: second.id });
    await first.close();
    await second.close();
  });
});
