import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents, auditLog, computers, jobs } from "@/db/schema";
import type { MachineFacts } from "@/server/agents/wire";
import type { Actor } from "@/server/services/context";
import { decideIdentity } from "@/server/services/identification/decide-identity";
import { identifyAgent } from "@/server/services/identification/identify-agent";
import { recordIdentifyFailure } from "@/server/services/identification/record-identify-failure";
import { splitAgent } from "@/server/services/identification/split-agent";
import { createJob } from "@/server/services/jobs/create-job";
import { createPostgresDatabase, type EnrolledAgent, machine, openWorld, script, type World } from "./world";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const UUID_A = "4c4c4544-0035-4710-8052-b4c04f4e3132";
const UUID_B = "9d1c2b3a-77aa-4c01-9f0e-0123456789ab";
const system = () => world.runtime.systemContext("test");
const technician: Actor = { kind: "user", userId: 1, name: "Tess", role: "msp-technician", tenantId: null };
const decide = (input: Parameters<typeof decideIdentity>[0]["input"]) =>
  decideIdentity({ ctx: world.runtime.contextFor(technician), input });
const allComputers = () => world.runtime.database.db.select().from(computers).orderBy(asc(computers.id));

async function computerOf(agent: EnrolledAgent) {
  const [row] = await world.runtime.database.db
    .select({ computer: computers })
    .from(agents)
    .innerJoin(computers, eq(computers.id, agents.computerId))
    .where(eq(agents.id, agent.agentId));
  if (!row) throw new Error("The agent has no computer");
  return row.computer;
}

type Facts = Partial<MachineFacts>;
interface Case {
  readonly what: string;
  readonly first: Facts;
  readonly second: Facts;
  /** The first agent is connected while the second enrols. */
  readonly bothAlive?: boolean;
  readonly otherTenant?: boolean;
  readonly expected: {
    readonly computers: number;
    readonly status: string;
    readonly identity: string;
    readonly generation: number;
  };
}

const known = { status: "needs-onboarding", generation: 0 };
const cases: Case[] = [
  {
    what: "two machines without SMBIOS UUID and different installations are two computers",
    first: { osInstallationId: "a" },
    second: { osInstallationId: "b" },
    expected: { ...known, computers: 2, identity: "weak" },
  },
  {
    what: "a second agent of the same container is a further agent of its computer",
    first: { osInstallationId: "a" },
    second: { osInstallationId: "a" },
    bothAlive: true,
    expected: { ...known, computers: 1, identity: "weak" },
  },
  {
    what: "two containers of one image, both alive, are never joined silently",
    first: { osInstallationId: "a", hostName: "one" },
    second: { osInstallationId: "a", hostName: "two" },
    bothAlive: true,
    expected: { computers: 2, status: "needs-decision", identity: "weak", generation: 0 },
  },
  {
    what: "a container that lost its name but not its installation is the same computer",
    first: { osInstallationId: "a", hostName: "one" },
    second: { osInstallationId: "a", hostName: "two" },
    expected: { ...known, computers: 1, identity: "weak" },
  },
  {
    what: "the same UUID and installation is a further agent",
    first: { smbiosUuid: UUID_A, osInstallationId: "a" },
    second: { smbiosUuid: `{${UUID_A.toUpperCase()}}`, osInstallationId: "a" },
    bothAlive: true,
    expected: { ...known, computers: 1, identity: "strong" },
  },
  {
    what: "another UUID is another computer, even from a cloned disk",
    first: { smbiosUuid: UUID_A, osInstallationId: "a" },
    second: { smbiosUuid: UUID_B, osInstallationId: "a" },
    expected: { ...known, computers: 2, identity: "strong" },
  },
  {
    what: "the same UUID with another installation and the old agent gone was wiped",
    first: { smbiosUuid: UUID_A, osInstallationId: "a" },
    second: { smbiosUuid: UUID_A, osInstallationId: "b" },
    expected: { computers: 1, status: "needs-onboarding", identity: "strong", generation: 1 },
  },
  {
    what: "the same UUID with another installation while the old agent lives is a collision",
    first: { smbiosUuid: UUID_A, osInstallationId: "a" },
    second: { smbiosUuid: UUID_A, osInstallationId: "b" },
    bothAlive: true,
    expected: { computers: 2, status: "needs-decision", identity: "weak", generation: 0 },
  },
  {
    what: "the same UUID with another serial number is a collision",
    first: { smbiosUuid: UUID_A, osInstallationId: "a", serialNumber: "S1" },
    second: { smbiosUuid: UUID_A, osInstallationId: "a", serialNumber: "S2" },
    expected: { computers: 2, status: "needs-decision", identity: "weak", generation: 0 },
  },
  {
    what: "a UUID that many boards share identifies nothing",
    first: { smbiosUuid: UUID_A, osInstallationId: "a" },
    second: { smbiosUuid: "03000200-0400-0500-0006-000700080009", osInstallationId: "b" },
    expected: { computers: 2, status: "needs-decision", identity: "weak", generation: 0 },
  },
  {
    what: "a machine with neither UUID nor installation id waits for a person",
    first: { osInstallationId: "a" },
    second: { osInstallationId: null },
    expected: { computers: 2, status: "needs-decision", identity: "weak", generation: 0 },
  },
  {
    what: "a weakly known machine whose UUID can be read by now stays what it is, and is known strongly",
    first: { osInstallationId: "a" },
    second: { smbiosUuid: UUID_A, osInstallationId: "a" },
    expected: { ...known, computers: 1, identity: "strong" },
  },
  {
    what: "a UUID known at another customer is not taken over",
    first: { smbiosUuid: UUID_A, osInstallationId: "a" },
    second: { smbiosUuid: UUID_A, osInstallationId: "a" },
    otherTenant: true,
    expected: { computers: 2, status: "needs-decision", identity: "weak", generation: 0 },
  },
  {
    what: "an installation id known at another customer says nothing",
    first: { osInstallationId: "a" },
    second: { osInstallationId: "a" },
    otherTenant: true,
    expected: { ...known, computers: 2, identity: "weak" },
  },
];

describe("which computer a machine is", () => {
  it.each(cases)("$what", async ({ first, second, bothAlive, otherTenant, expected }) => {
    const one = await world.enroll({ facts: first });
    if (bothAlive) {
      await world.connect(one);
      await world.settled();
    }
    const key = otherTenant ? await world.makeKey(await world.makeTenant("Fabrikam")) : undefined;
    const two = await world.enroll({ facts: second, ...(key ? { key } : {}) });
    const { computers: count, ...row } = expected;
    expect(await computerOf(two)).toMatchObject(row);
    expect(await allComputers()).toHaveLength(count);
    const quarantined = row.status === "needs-decision";
    const sameComputer = count === 1;
    if (sameComputer) expect((await computerOf(two)).generation).toBe(row.generation);
    // Whatever happens to the second, the first is untouched unless it is the same machine.
    if (!sameComputer) expect(await computerOf(one)).toMatchObject({ status: "needs-onboarding", generation: 0 });
    if (quarantined) expect((await computerOf(two)).statusReason).toMatch(/\w+ .*\.$/);
  });

  it("identifying again changes nothing", async () => {
    const agent = await world.enroll({ facts: { smbiosUuid: UUID_A } });
    const before = await allComputers();
    const again = await identifyAgent({ ctx: system(), input: { agentId: agent.agentId } });
    expect(again).toStrictEqual({ computerId: before[0]?.id, decision: "unchanged" });
    expect(await allComputers()).toStrictEqual(before);
  });

  it("every outcome is in the audit log", async () => {
    const one = await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "a" } });
    await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "a" } });
    await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "b" } });
    await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "b", serialNumber: "S1" } });
    await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "b", serialNumber: "S2" } });
    const entries = await world.runtime.database.db
      .select({ action: auditLog.action, tenantId: auditLog.tenantId })
      .from(auditLog)
      .where(eq(auditLog.entity, "computer"))
      .orderBy(asc(auditLog.id));
    expect(entries.map(({ action }) => action)).toStrictEqual([
      "computer.create",
      "computer.add-agent",
      "computer.wipe",
      "computer.add-agent",
      "computer.quarantine",
    ]);
    expect(entries.every(({ tenantId }) => tenantId === world.tenantId)).toBe(true);
    expect(one.agentId).toBeTruthy();
  });

  it("a wipe fences off what waited for the old installation, and detaches its agent", async () => {
    const old = await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "a" } });
    const { id: computerId } = await computerOf(old);
    const { jobId } = await createJob({
      ctx: system(),
      input: { computerId, purpose: "ad-hoc", steps: [script("s")], attempt: 1, expiresAt: inAnHour() },
    });
    await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "b" } });
    const [job] = await world.runtime.database.db.select().from(jobs).where(eq(jobs.id, jobId));
    expect(job).toMatchObject({ status: "cancelled", generation: 0 });
    const reply = await world.send({
      path: `/jobs/${jobId}/start`,
      agent: old,
      body: { fence: { generation: 0, attempt: 1 }, startId: crypto.randomUUID() },
    });
    expect(reply).toMatchObject({ status: 409, code: "job-cancelled" });
    const [row] = await world.runtime.database.db.select().from(agents).where(eq(agents.id, old.agentId));
    expect(row?.computerId).toBeNull();
  });

  it("an agent that checks in from another machine is identified anew", async () => {
    const facts = machine({ smbiosUuid: UUID_A, osInstallationId: "a" });
    const agent = await world.enroll({ facts });
    const before = await computerOf(agent);
    const moved = { ...facts, smbiosUuid: UUID_B };
    await world.send({ path: "/check-in", body: { facts: moved }, agent });
    const after = await computerOf(agent);
    expect(after.id).not.toBe(before.id);
    expect(after).toMatchObject({ smbiosUuid: UUID_B, status: "needs-onboarding" });
  });

  it("five failures show the machine under failed, and a later success takes its place", async () => {
    const agent = await world.enroll();
    await world.runtime.database.db
      .update(agents)
      .set({ computerId: null, identityKey: null })
      .where(eq(agents.id, agent.agentId));
    await world.runtime.database.db.delete(computers);
    for (let n = 0; n < 5; n++) await recordIdentifyFailure(system(), agent.agentId, new Error("the disk is full"));
    const failed = await computerOf(agent);
    expect(failed).toMatchObject({ status: "failed", statusReason: expect.stringContaining("the disk is full") });
    await identifyAgent({ ctx: system(), input: { agentId: agent.agentId } });
    expect(await computerOf(agent)).toMatchObject({ id: failed.id, status: "needs-onboarding" });
    expect(await allComputers()).toHaveLength(1);
  });
});

describe("a person's decision", () => {
  async function collide() {
    const one = await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "a", serialNumber: "S1" } });
    const two = await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "b", serialNumber: "S2" } });
    return { one, two, original: await computerOf(one), quarantined: await computerOf(two) };
  }

  it("nothing runs on a machine in quarantine", async () => {
    const { quarantined } = await collide();
    const job = createJob({
      ctx: system(),
      input: { computerId: quarantined.id, purpose: "ad-hoc", steps: [script("s")], attempt: 1, expiresAt: inAnHour() },
    });
    await expect(job).rejects.toMatchObject({ code: "conflict" });
  });

  it("same: its agent becomes a further agent of the known computer, and can be split off again", async () => {
    const { two, original, quarantined } = await collide();
    expect(await decide({ computerId: quarantined.id, decision: "same" })).toStrictEqual({ computerId: original.id });
    expect(await computerOf(two)).toMatchObject({ id: original.id, generation: 0 });
    const split = await splitAgent({ ctx: world.runtime.contextFor(technician), input: { agentId: two.agentId } });
    expect(split.computerId).not.toBe(original.id);
    expect(await computerOf(two)).toMatchObject({
      id: split.computerId,
      status: "needs-onboarding",
      osInstallationId: "b",
    });
  });

  it("same holds when the agent enrols or checks in again", async () => {
    const { two, original, quarantined } = await collide();
    await decide({ computerId: quarantined.id, decision: "same" });
    const facts = { smbiosUuid: UUID_A, osInstallationId: "b", serialNumber: "S2" };
    const again = await world.enroll({ instanceId: two.instanceId, facts });
    expect(await computerOf(again)).toMatchObject({ id: original.id, status: "needs-onboarding" });
  });

  it("different: it is a computer of its own, told apart by its installation from now on", async () => {
    const { quarantined } = await collide();
    expect(await decide({ computerId: quarantined.id, decision: "different" })).toStrictEqual({
      computerId: quarantined.id,
    });
    const further = await world.enroll({ facts: { smbiosUuid: UUID_A, osInstallationId: "b", serialNumber: "S2" } });
    expect(await computerOf(further)).toMatchObject({
      id: quarantined.id,
      status: "needs-onboarding",
      identity: "weak",
    });
  });

  it("replace: it takes the known computer's place in the next generation", async () => {
    const { one, two, original, quarantined } = await collide();
    await decide({ computerId: quarantined.id, decision: "replace" });
    expect(await computerOf(two)).toMatchObject({
      id: original.id,
      generation: 1,
      serialNumber: "S2",
      osInstallationId: "b",
    });
    const [row] = await world.runtime.database.db.select().from(agents).where(eq(agents.id, one.agentId));
    expect(row?.computerId).toBeNull();
  });

  it("is asked for once, audited with who decided, and refused to those who may not", async () => {
    const { quarantined } = await collide();
    const reader: Actor = { kind: "user", userId: 2, name: "Rae", role: "msp-reader", tenantId: null };
    const stranger: Actor = { ...reader, role: "tenant-admin", tenantId: await world.makeTenant("Fabrikam") };
    const input = { computerId: quarantined.id, decision: "different" } as const;
    await expect(decideIdentity({ ctx: world.runtime.contextFor(reader), input })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(decideIdentity({ ctx: world.runtime.contextFor(stranger), input })).rejects.toMatchObject({
      code: "not-found",
    });
    await decide(input);
    await expect(decide(input)).rejects.toMatchObject({ code: "conflict" });
    const audited = await world.runtime.database.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "computer.decide-identity"));
    expect(audited).toMatchObject([
      { actorName: "Tess", after: { decision: "different", computerId: quarantined.id } },
    ]);
  });
});

describe("on PostgreSQL", () => {
  it("a machine that enrols twenty times at once becomes one computer", async () => {
    const real = await openWorld({ database: await createPostgresDatabase() });
    const facts = { smbiosUuid: UUID_A, osInstallationId: "a" };
    const enrolled = await Promise.all(Array.from({ length: 20 }, () => real.enroll({ facts })));
    const found = await real.runtime.database.db.select().from(computers);
    expect(found).toHaveLength(1);
    const linked = await real.runtime.database.db.select({ computerId: agents.computerId }).from(agents);
    expect(new Set(linked.map(({ computerId }) => computerId))).toStrictEqual(new Set([found[0]?.id]));
    expect(new Set(enrolled.map(({ signingKeys }) => signingKeys[0]?.keyId)).size).toBe(1);
    await real.close();
  });
});

const inAnHour = () => new Date(world.runtime.clock.now().getTime() + 3_600_000);
