import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { agents, auditLog, computers, jobOutput, jobs, outboxEvents } from "@/db/schema";
import { MAX_OUTPUT_BYTES } from "@/server/agents/wire";
import type { Actor } from "@/server/services/context";
import { cancelJobs } from "@/server/services/jobs/cancel-jobs";
import { type CreateJobInput, createJob } from "@/server/services/jobs/create-job";
import { expireJobs } from "@/server/services/jobs/expire-jobs";
import { readJobResults } from "@/server/services/jobs/read-job-results";
import { resume } from "@/server/services/jobs/resume";
import { stopAll } from "@/server/services/jobs/stop-all";
import { createVirtualClock, type VirtualClock } from "../../harness/virtual-clock";
import {
  chunk,
  completed,
  createPostgresDatabase,
  type EnrolledAgent,
  openWorld,
  type Reply,
  script,
  type World,
} from "./world";

let world: World;
let clock: VirtualClock;
let agent: EnrolledAgent;
let computerId: number;
beforeAll(async () => {
  clock = createVirtualClock();
  world = await openWorld({ clock });
  clock.watch(() => world.settled());
});
beforeEach(async () => {
  agent = await world.enroll();
  computerId = await computerOf(world, agent);
});
afterEach(() => resume({ ctx: system() }));
afterAll(() => world.close());

const MINUTE_MS = 60_000;
const FENCE = { generation: 0, attempt: 1 };
const system = (of = world) => of.runtime.systemContext("test");
const administrator: Actor = { kind: "user", userId: 1, name: "Ada", role: "msp-admin", tenantId: null };

async function computerOf(of: World, whose: EnrolledAgent): Promise<number> {
  const [row] = await of.runtime.database.db
    .select({ computerId: agents.computerId })
    .from(agents)
    .where(eq(agents.id, whose.agentId));
  return row?.computerId ?? 0;
}

const jobInput = (parts: Partial<CreateJobInput> = {}): CreateJobInput => ({
  computerId,
  purpose: "ad-hoc",
  steps: [script("one"), script("two")],
  attempt: 1,
  expiresAt: new Date(clock.now().getTime() + 10 * MINUTE_MS),
  ...parts,
});
const make = async (parts?: Partial<CreateJobInput>) =>
  (await createJob({ ctx: system(), input: jobInput(parts) })).jobId;
const start = (jobId: string, parts: { as?: EnrolledAgent; fence?: object; startId?: string } = {}): Promise<Reply> =>
  world.send({
    path: `/jobs/${jobId}/start`,
    agent: parts.as ?? agent,
    body: { fence: parts.fence ?? FENCE, startId: parts.startId ?? crypto.randomUUID() },
  });
const report = (jobId: string, parts: object = {}, as = agent): Promise<Reply> =>
  world.send({
    path: `/jobs/${jobId}/results`,
    agent: as,
    body: { fence: FENCE, output: [], results: [], end: null, ...parts },
  });
const finished = { end: { status: "finished", reason: null } };
const row = async (jobId: string) => {
  const [found] = await world.runtime.database.db.select().from(jobs).where(eq(jobs.id, jobId));
  return found;
};
const finishedEvents = (jobId: string) =>
  world.runtime.database.db
    .select()
    .from(outboxEvents)
    .where(eq(outboxEvents.id, `agent/job.finished/${jobId}`));

describe("a job is made", () => {
  it("once for the same id, and once for the same session, action, purpose and attempt", async () => {
    const id = crypto.randomUUID();
    expect(await make({ id })).toBe(id);
    expect(await make({ id, steps: [script("other")] })).toBe(id);
    expect((await row(id))?.steps).toHaveLength(2);
  });

  it("for the agent that is connected, whichever was there first", async () => {
    const facts = { osInstallationId: "same", hostName: "twice" };
    const [first, second] = [await world.enroll({ facts }), await world.enroll({ facts })];
    await world.connect(first);
    await world.settled();
    const made = await createJob({ ctx: system(), input: jobInput({ computerId: await computerOf(world, second) }) });
    expect(made).toMatchObject({ agentId: first.agentId, connected: true });
  });

  it("for an agent that is away, and says so", async () => {
    expect(await createJob({ ctx: system(), input: jobInput() })).toMatchObject({ connected: false });
  });

  it.each([
    ["no computer", { computerId: 999_999 }, "not-found"],
    ["a generation that has passed", { generation: 7 }, "too-late"],
    ["two steps with one key", { steps: [script("x"), script("x")] }, "bad-input"],
    ["no steps", { steps: [] }, "bad-input"],
  ])("not for %s", async (_what, parts, code) => {
    const before = await world.runtime.database.db.$count(jobs);
    await expect(make(parts)).rejects.toMatchObject({ code });
    expect(await world.runtime.database.db.$count(jobs)).toBe(before);
  });

  it("not for a computer without agents", async () => {
    await world.runtime.database.db.update(agents).set({ computerId: null }).where(eq(agents.computerId, computerId));
    await expect(make()).rejects.toMatchObject({ code: "unavailable" });
  });

  it("not by people: only the product makes jobs", async () => {
    const ctx = world.runtime.contextFor(administrator);
    await expect(createJob({ ctx, input: jobInput() })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("with secrets encrypted at rest", async () => {
    const jobId = await make({ secrets: { one: { PASSWORD: "correct horse" } } });
    expect(JSON.stringify(await row(jobId))).not.toContain("correct horse");
  });
});

describe("a start", () => {
  it("is granted once; the same start asked for again is granted again until the job has ended", async () => {
    const jobId = await make();
    const startId = crypto.randomUUID();
    expect(await start(jobId, { startId })).toMatchObject({ status: 200, body: { started: true } });
    expect(await start(jobId, { startId })).toMatchObject({ status: 200 });
    expect(await start(jobId)).toMatchObject({ status: 409, code: "already-started" });
    expect(await start(jobId, { startId, fence: { generation: 0, attempt: 2 } })).toMatchObject({
      code: "already-started",
    });
    await report(jobId, finished);
    expect(await start(jobId, { startId })).toMatchObject({ status: 409, code: "job-ended" });
  });

  it("gives the job as long as its scripts may take", async () => {
    const jobId = await make({ steps: [script("long", { timeoutSeconds: 7200 })] });
    await start(jobId);
    await clock.advance(119 * MINUTE_MS);
    await expireJobs({ ctx: system() });
    expect(await row(jobId)).toMatchObject({ status: "started" });
  });

  const refusals: [string, string, (jobId: string) => Promise<{ as?: EnrolledAgent; fence?: object } | undefined>][] = [
    ["a fence of another generation", "stale-fence", async () => ({ fence: { generation: 1, attempt: 1 } })],
    ["a fence of another attempt", "stale-fence", async () => ({ fence: { generation: 0, attempt: 2 } })],
    ["another agent's job", "unknown-job", async () => ({ as: await world.enroll() })],
    ["a job that was cancelled", "job-cancelled", async (jobId) => void (await cancel([jobId]))],
    [
      "a job past its time that nobody has ended yet",
      "job-expired",
      async (jobId) => {
        await world.runtime.database.db.update(jobs).set({ expiresAt: clock.now() }).where(eq(jobs.id, jobId));
        return undefined;
      },
    ],
    ["a job that has expired", "job-expired", async () => void (await clock.advance(11 * MINUTE_MS))],
    [
      "a job from before the computer was wiped",
      "stale-fence",
      async () => {
        await world.runtime.database.db.update(computers).set({ generation: 1 }).where(eq(computers.id, computerId));
        return undefined;
      },
    ],
    [
      "a job while every dispatch is stopped",
      "unavailable",
      async () => void (await stopAll({ ctx: world.runtime.contextFor(administrator) })),
    ],
  ];
  it.each(refusals)("of %s is refused as %s, and changes nothing", async (_what, code, arrange) => {
    const jobId = await make();
    const parts = await arrange(jobId);
    const before = await row(jobId);
    expect(await start(jobId, parts)).toMatchObject({ code });
    const after = await row(jobId);
    expect(after).toStrictEqual(before);
    expect(after?.startedAt).toBeNull();
  });

  it.each([
    ["an id that is none", "not-a-uuid"],
    ["a job nobody made", crypto.randomUUID()],
  ])("of %s is unknown", async (_what, jobId) => {
    expect(await start(jobId)).toMatchObject({ status: 404, code: "unknown-job" });
  });

  it("without a start id is refused by name", async () => {
    const jobId = await make();
    const reply = await world.send({ path: `/jobs/${jobId}/start`, agent, body: { fence: FENCE } });
    expect(reply).toMatchObject({ status: 400, message: expect.stringContaining("startId") });
  });
});

describe("on PostgreSQL", () => {
  it("fifty starts at once: exactly one is granted", async () => {
    const real = await openWorld({ database: await createPostgresDatabase() });
    const one = await real.enroll();
    const input = jobInput({
      computerId: await computerOf(real, one),
      expiresAt: new Date(real.runtime.clock.now().getTime() + MINUTE_MS),
    });
    const { jobId } = await createJob({ ctx: system(real), input });
    const replies = await Promise.all(
      Array.from({ length: 50 }, () =>
        real.send({
          path: `/jobs/${jobId}/start`,
          agent: one,
          body: { fence: FENCE, startId: crypto.randomUUID() },
        }),
      ),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.code === "already-started")).toHaveLength(49);
    await real.close();
  });

  it("starts racing a cancellation: either it never ran, or it was told to stop", async () => {
    const real = await openWorld({ database: await createPostgresDatabase() });
    const one = await real.enroll();
    const computer = await computerOf(real, one);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, attempt) => {
        const { jobId } = await createJob({
          ctx: system(real),
          input: jobInput({
            id: crypto.randomUUID(),
            computerId: computer,
            attempt: attempt + 1,
            expiresAt: new Date(real.runtime.clock.now().getTime() + MINUTE_MS),
          }),
        });
        const [reply] = await Promise.all([
          real.send({
            path: `/jobs/${jobId}/start`,
            agent: one,
            body: { fence: { generation: 0, attempt: attempt + 1 }, startId: crypto.randomUUID() },
          }),
          cancelJobs({ ctx: system(real), input: { jobIds: [jobId], reason: "called off" } }),
        ]);
        const [job] = await real.runtime.database.db.select().from(jobs).where(eq(jobs.id, jobId));
        return reply.status === 200
          ? job?.status === "started" && job.cancelRequestedAt !== null
          : job?.status === "cancelled" && reply.code === "job-cancelled";
      }),
    );
    expect(outcomes).toStrictEqual(outcomes.map(() => true));
    await real.close();
  });
});

describe("results", () => {
  it("count once, however often and in whatever pieces they are sent", async () => {
    const jobId = await make();
    await start(jobId);
    const first = { output: [chunk("one", 0, "a"), chunk("one", 1, "b")], results: [completed("one", "kept")] };
    await report(jobId, first);
    await report(jobId, first);
    await report(jobId, {
      output: [chunk("one", 1, "changed"), chunk("one", 2, "c")],
      results: [completed("one", "changed")],
    });
    await report(jobId, { results: [completed("two")], ...finished });
    await report(jobId, { results: [completed("two")], ...finished });
    const output = await world.runtime.database.db
      .select({ text: jobOutput.text })
      .from(jobOutput)
      .where(eq(jobOutput.jobId, jobId))
      .orderBy(asc(jobOutput.stepKey), asc(jobOutput.sequence));
    expect(output.map(({ text }) => text)).toStrictEqual(["a", "b", "c"]);
    const read = await readJobResults({ ctx: system(), input: { jobId } });
    expect(read).toMatchObject({ status: "finished", ended: true, results: { one: { script: { value: "kept" } } } });
    expect(Object.keys(read.results).sort()).toStrictEqual(["one", "two"]);
    expect(await finishedEvents(jobId)).toMatchObject([{ data: { jobId, status: "finished" } }]);
  });

  it("arrive in any order and are read in order", async () => {
    const jobId = await make();
    await start(jobId);
    await report(jobId, { output: [chunk("one", 2, "c")] });
    await report(jobId, { output: [chunk("one", 1, "b"), chunk("one", 0, "a")] });
    const output = await world.runtime.database.db
      .select({ text: jobOutput.text })
      .from(jobOutput)
      .where(eq(jobOutput.jobId, jobId))
      .orderBy(asc(jobOutput.sequence));
    expect(output.map(({ text }) => text).join("")).toBe("abc");
  });

  it("of a job that has ended are kept and change no status", async () => {
    const jobId = await make();
    await start(jobId);
    await report(jobId, { end: { status: "interrupted", reason: "the machine went down" } });
    expect(await report(jobId, { results: [completed("one")], ...finished })).toMatchObject({ status: 200 });
    expect(await readJobResults({ ctx: system(), input: { jobId } })).toMatchObject({
      status: "interrupted",
      endReason: "the machine went down",
      results: { one: { kind: "script" } },
    });
    expect(await finishedEvents(jobId)).toMatchObject([{ data: { status: "interrupted" } }]);
  });

  it("keep what a database cannot: NUL and broken characters become the sign for one", async () => {
    const jobId = await make();
    await start(jobId);
    await report(jobId, {
      output: [chunk("one", 0, "a\u0000b")],
      results: [completed("one", { text: "x\u0000y\ud800z", "k\u0000": 1 })],
    });
    const [output] = await world.runtime.database.db.select().from(jobOutput).where(eq(jobOutput.jobId, jobId));
    expect(output?.text).toBe("a\ufffdb");
    const { results } = await readJobResults({ ctx: system(), input: { jobId } });
    expect(results.one).toMatchObject({ script: { value: { text: "x\ufffdy\ufffdz", "k\ufffd": 1 } } });
  });

  it("never keep the value of a secret parameter", async () => {
    const jobId = await make({ secrets: { one: { PASSWORD: "correct horse" } } });
    await start(jobId);
    await report(jobId, {
      output: [chunk("one", 0, "the password is correct horse!")],
      results: [completed("one", { login: "correct horse" })],
      ...finished,
    });
    const [output] = await world.runtime.database.db.select().from(jobOutput).where(eq(jobOutput.jobId, jobId));
    expect(output?.text).toBe("the password is ••••!");
    const { results } = await readJobResults({ ctx: system(), input: { jobId } });
    expect(JSON.stringify(results)).not.toContain("correct horse");
    expect(await row(jobId)).toMatchObject({ secretsEncrypted: null });
  });

  const wrong: [string, object, RegExp][] = [
    ["of a step that the job does not have", { results: [completed("three")] }, /results\.0\.stepKey.*three/],
    [
      "of another kind than the step",
      { results: [{ ...completed("one"), result: { kind: "detect", detections: [] } }] },
      /kind/,
    ],
    ["with output of a step that the job does not have", { output: [chunk("three", 0, "x")] }, /output\.0\.stepKey/],
    ["with a negative sequence", { output: [chunk("one", -1, "x")] }, /output\.0\.sequence/],
    ["with an end nobody knows", { end: { status: "exploded", reason: null } }, /end\.status/],
  ];
  it.each(wrong)("%s are refused, and nothing of the request is kept", async (_what, parts, words) => {
    const jobId = await make();
    await start(jobId);
    const reply = await report(jobId, { output: [chunk("one", 0, "good")], ...parts });
    expect(reply).toMatchObject({ status: 400, code: "bad-request", message: expect.stringMatching(words) });
    expect(await world.runtime.database.db.$count(jobOutput, eq(jobOutput.jobId, jobId))).toBe(0);
  });

  it("are refused with another fence, of another agent's job, and before the start", async () => {
    const jobId = await make();
    expect(await report(jobId, { results: [completed("one")] })).toMatchObject({ code: "bad-request" });
    await start(jobId);
    expect(await report(jobId, { fence: { generation: 0, attempt: 2 } })).toMatchObject({ code: "stale-fence" });
    expect(await report(jobId, finished, await world.enroll())).toMatchObject({ status: 404, code: "unknown-job" });
    expect(await row(jobId)).toMatchObject({ status: "started" });
  });

  it("with more output of one step than is kept are refused, however it is split", async () => {
    const jobId = await make();
    await start(jobId);
    const part = "x".repeat(MAX_OUTPUT_BYTES / 2);
    expect(await report(jobId, { output: [chunk("one", 0, part), chunk("one", 1, part)] })).toMatchObject({
      status: 200,
    });
    expect(await report(jobId, { output: [chunk("one", 2, "!")] })).toMatchObject({
      status: 413,
      code: "body-too-large",
    });
    expect(await report(jobId, { output: [chunk("two", 0, "!")] })).toMatchObject({ status: 200 });
  });

  it("an agent may refuse a job that it never started", async () => {
    const jobId = await make();
    await report(jobId, { end: { status: "refused", reason: "its signature is not right" } });
    expect(await row(jobId)).toMatchObject({ status: "refused", endReason: "its signature is not right" });
  });
});

const cancel = (jobIds: string[]) => cancelJobs({ ctx: system(), input: { jobIds, reason: "called off" } });

describe("cancelling", () => {
  it("ends what is queued at once, and tells what runs to stop", async () => {
    const [queued, running] = [await make(), await make()];
    await start(running);
    expect(await cancel([queued, running])).toStrictEqual({ cancelled: [queued], stopping: [running] });
    expect(await cancel([queued, running])).toStrictEqual({ cancelled: [], stopping: [] });
    expect(await finishedEvents(queued)).toMatchObject([{ data: { status: "cancelled" } }]);
    expect(await row(running)).toMatchObject({ status: "started" });
    await report(running, { end: { status: "cancelled", reason: null } });
    expect(await row(running)).toMatchObject({ status: "cancelled" });
  });

  it("leaves a job that finished all the same finished", async () => {
    const jobId = await make();
    await start(jobId);
    await cancel([jobId]);
    await report(jobId, finished);
    expect(await row(jobId)).toMatchObject({ status: "finished", endReason: null });
  });

  it("ends a job whose agent says nothing after the grace, and leaves none running", async () => {
    const jobId = await make({ steps: [script("long", { timeoutSeconds: 7200 })] });
    await start(jobId);
    await cancel([jobId]);
    await clock.advance(3 * MINUTE_MS);
    await expireJobs({ ctx: system() });
    expect(await row(jobId)).toMatchObject({ status: "cancelled" });
    expect(await finishedEvents(jobId)).toMatchObject([{ data: { status: "cancelled" } }]);
  });
});

describe("time limits", () => {
  it("end what was not started in time, and what was not heard of, once", async () => {
    const [queued, running, inTime] = [
      await make({ expiresAt: new Date(clock.now().getTime() + MINUTE_MS) }),
      await make(),
      await make({ expiresAt: new Date(clock.now().getTime() + 100 * MINUTE_MS) }),
    ];
    await start(running);
    await clock.advance(20 * MINUTE_MS);
    await expireJobs({ ctx: system() });
    expect(await row(queued)).toMatchObject({ status: "expired", endReason: "It was not started in time." });
    expect(await row(running)).toMatchObject({
      status: "expired",
      endReason: expect.stringMatching(/Nothing was heard/),
    });
    expect(await row(inTime)).toMatchObject({ status: "queued" });
    expect(await finishedEvents(running)).toHaveLength(1);
    expect(await expireJobs({ ctx: system() })).toBe(0);
  });
});

describe("the stop-all switch", () => {
  it("is for administrators of all tenants, and audited both ways, once each", async () => {
    const ctx = world.runtime.contextFor(administrator);
    const technician: Actor = { ...administrator, role: "msp-technician" };
    await expect(stopAll({ ctx: world.runtime.contextFor(technician) })).rejects.toMatchObject({ code: "forbidden" });
    const before = await world.runtime.database.db.$count(auditLog, eq(auditLog.entity, "setting"));
    await stopAll({ ctx });
    await stopAll({ ctx });
    await resume({ ctx });
    await resume({ ctx });
    const audited = await world.runtime.database.db
      .select({ action: auditLog.action, actorName: auditLog.actorName })
      .from(auditLog)
      .where(eq(auditLog.entity, "setting"))
      .orderBy(asc(auditLog.id))
      .offset(before);
    expect(audited).toStrictEqual([
      { action: "dispatch.stop", actorName: "Ada" },
      { action: "dispatch.resume", actorName: "Ada" },
    ]);
  });

  it("does not let what waits expire, and leaves it the time it had", async () => {
    const ctx = world.runtime.contextFor(administrator);
    const older = await make({ expiresAt: new Date(clock.now().getTime() + 5 * MINUTE_MS) });
    const running = await make();
    await start(running);
    await clock.advance(4 * MINUTE_MS);
    await stopAll({ ctx });
    const newer = await make({ expiresAt: new Date(clock.now().getTime() + 5 * MINUTE_MS) });
    await clock.advance(60 * MINUTE_MS);
    await expireJobs({ ctx: system() });
    expect(await row(older)).toMatchObject({ status: "queued" });
    expect(await row(newer)).toMatchObject({ status: "queued" });
    expect(await row(running)).toMatchObject({ status: "expired" });
    await resume({ ctx });
    const leftMs = async (jobId: string) => ((await row(jobId))?.expiresAt.getTime() ?? 0) - clock.now().getTime();
    expect(await leftMs(older)).toBe(MINUTE_MS);
    expect(await leftMs(newer)).toBe(5 * MINUTE_MS);
    await clock.advance(2 * MINUTE_MS);
    await expireJobs({ ctx: system() });
    expect(await row(older)).toMatchObject({ status: "expired", endReason: "It was not started in time." });
    await start(newer);
  });
});
