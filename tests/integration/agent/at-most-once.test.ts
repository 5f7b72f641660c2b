import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AgentHub, outputOf, scriptResultOf, scriptStep } from "../../harness/agent-hub";
import { AgentProcess, bundleAgent } from "../../harness/agent-process";

let bundle: string;
let hub: AgentHub;
let agent: AgentProcess;
let agentId: string;

beforeAll(async () => {
  bundle = await bundleAgent();
});
beforeEach(async () => {
  hub = await AgentHub.start();
  agent = await AgentProcess.create(bundle);
  agentId = await agent.enroll(hub);
});
afterEach(async () => {
  await agent.dispose();
  await hub.close();
});

const witness = () => join(agent.stateDir, "witness");
/** Appends a line each time it runs: how often it ran is counted, not believed. */
const marking = (rest = "true") => scriptStep(`echo ran >> ${witness()}; ${rest}`);
const runs = async () => (await readFile(witness(), "utf8").catch(() => "")).split("\n").filter(Boolean).length;
const connect = async () => {
  agent.start();
  await hub.connected(agentId);
};

describe("starting", () => {
  it("runs nothing before the start was granted", async () => {
    hub.mischief = ({ path, nth }) =>
      path.endsWith("/start") && nth === 1 ? { status: 409, code: "job-cancelled" } : null;
    await connect();
    const refused = hub.push(agentId, [marking()]);
    await hub.until("the refusal", () => hub.countRequests(/start$/) === 1);
    const next = hub.push(agentId, [scriptStep("echo next")]);
    await hub.ended(next);
    expect(await runs()).toBe(0);
    expect(refused.results.size).toBe(0);
  });

  it.each([
    ["job-expired", 409],
    ["stale-fence", 409],
    ["already-started", 409],
    ["unknown-job", 404],
    ["bad-request", 400],
  ])("drops a job whose start is answered %s", async (code, status) => {
    hub.mischief = ({ path, nth }) => (path.endsWith("/start") && nth === 1 ? { status, code } : null);
    await connect();
    const refused = hub.push(agentId, [marking()]);
    await hub.until("the refusal", () => hub.countRequests(/start$/) === 1);
    await hub.ended(hub.push(agentId, [scriptStep("echo next")]));
    expect(await runs()).toBe(0);
    expect(refused.end).toBeNull();
  });

  it("runs once when the reply to its start is lost", async () => {
    hub.mischief = ({ path, nth }) => (path.endsWith("/start") && nth === 1 ? "cut-after" : null);
    await connect();
    const job = hub.push(agentId, [marking()]);
    expect((await hub.ended(job)).status).toBe("finished");
    expect(job.startRequests).toBe(2);
    expect(await runs()).toBe(1);
  });

  it("retries a start that could not be sent until the job expires, then lets it be", async () => {
    hub.mischief = ({ path }) => (path.endsWith("/start") ? "cut-before" : null);
    await connect();
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const job = hub.push(agentId, [marking()], { expiresAt });
    await hub.until("some tries", () => hub.countRequests(/start$/) >= 3);
    expect((await hub.ended(job)).status).toBe("interrupted");
    expect(await runs()).toBe(0);
  });

  it("runs a job once that is pushed twice, in the order of arrival", async () => {
    await connect();
    const first = hub.push(agentId, [marking("sleep 0.2")]);
    const second = hub.push(agentId, [scriptStep(`wc -l < ${witness()}`)]);
    hub.send(agentId, "job", { jws: first.jws });
    await hub.ended(first);
    hub.send(agentId, "job", { jws: first.jws });
    await hub.ended(second);
    hub.send(agentId, "job", { jws: first.jws });
    await hub.ended(hub.push(agentId, [scriptStep("echo done")]));
    expect(await runs()).toBe(1);
    expect(scriptResultOf(second).value).toBe(1);
    expect(first.startRequests).toBe(1);
  });
});

describe("killed with -9", () => {
  it("before the start was sent: the job runs once after the restart", async () => {
    hub.mischief = ({ path }) => (path.endsWith("/start") ? "cut-before" : null);
    await connect();
    const job = hub.push(agentId, [marking()]);
    await hub.until("a try", () => hub.countRequests(/start$/) >= 1);
    await agent.end("SIGKILL");
    hub.mischief = () => null;
    await connect();
    expect((await hub.ended(job)).status).toBe("finished");
    expect(await runs()).toBe(1);
  });

  it("after the start was granted but before it heard of it: reported as interrupted, never run", async () => {
    hub.mischief = ({ path }) => (path.endsWith("/start") ? "cut-after" : null);
    await connect();
    const job = hub.push(agentId, [marking()]);
    await hub.until("the grant", () => job.state === "started");
    // The agent asks again and again and is cut off each time.
    await agent.end("SIGKILL");
    hub.mischief = () => null;
    await connect();
    expect(await hub.ended(job)).toMatchObject({
      status: "interrupted",
      reason: expect.stringContaining("nothing of the job ran"),
    });
    expect(await runs()).toBe(0);
  });

  it("in a script: interrupted with the results so far, what it left running is ended, nothing runs again", async () => {
    await connect();
    const job = hub.push(agentId, [
      scriptStep("echo early", { key: "early" }),
      marking("echo up; setsid sleep 1021 & sleep 1022"),
      scriptStep(`echo late >> ${witness()}`, { key: "late" }),
    ]);
    await hub.until("the script to run", () => outputOf(job) === "up\n");
    await hub.until("the first result", () => job.results.has("early"));
    await agent.end("SIGKILL");
    await connect();
    expect((await hub.ended(job)).status).toBe("interrupted");
    expect(scriptResultOf(job, "early").value).toBe("early");
    hub.send(agentId, "job", { jws: job.jws });
    const check = hub.push(agentId, [scriptStep("pgrep -fc '^sleep 102[12]$' || true")]);
    await hub.ended(check);
    expect(scriptResultOf(check).value).toBe(0);
    expect(await runs()).toBe(1);
    expect(job.startRequests).toBe(1);
    expect((await readdir(tmpdir())).filter((name) => name.includes(job.spec.jobId))).toEqual([]);
  });

  it("after finishing but before delivering: delivers after the restart", async () => {
    hub.mischief = ({ path }) => (path.endsWith("/results") ? "cut-before" : null);
    await connect();
    const job = hub.push(agentId, [marking("echo value")]);
    await hub.until("a try to deliver", () => hub.countRequests(/results$/) >= 3);
    await agent.end("SIGKILL");
    hub.mischief = () => null;
    await connect();
    expect((await hub.ended(job)).status).toBe("finished");
    expect(scriptResultOf(job).value).toBe("value");
    expect(await runs()).toBe(1);
  });

  it("at any moment: never two executions, always one end", async () => {
    for (let round = 0; round < 8; round++) {
      await connect();
      const mark = join(agent.stateDir, `round-${round}`);
      const job = hub.push(agentId, [scriptStep(`echo ran >> ${mark}`)]);
      const moment = 3 * round;
      await new Promise((resolve) => setTimeout(resolve, moment));
      await agent.end("SIGKILL");
      await connect();
      const end = await hub.ended(job);
      const count = (await readFile(mark, "utf8").catch(() => "")).split("\n").filter(Boolean).length;
      expect(["finished", "interrupted"]).toContain(end.status);
      expect(count).toBeLessThanOrEqual(1);
      if (end.status === "finished") expect(count).toBe(1);
      await agent.end("SIGKILL");
    }
  });
});

describe("reporting", () => {
  it("delivers each result once in effect when replies are lost", async () => {
    hub.mischief = ({ path, nth }) => (path.endsWith("/results") && nth <= 2 ? "cut-after" : null);
    await connect();
    const job = hub.push(agentId, [scriptStep("echo a; sleep 0.1; echo b; sleep 0.1; echo c")]);
    await hub.ended(job);
    await hub.ended(hub.push(agentId, [scriptStep("true")]));
    expect(outputOf(job)).toBe("a\nb\nc\n");
    expect(job.resultsRequests).toBeGreaterThan(2);
  });

  it("stops a running job when the server rejects its reports", async () => {
    await connect();
    hub.mischief = ({ path, nth }) =>
      path.endsWith("/results") && nth === 1 ? { status: 409, code: "stale-fence" } : null;
    const job = hub.push(agentId, [scriptStep("echo up; sleep 1023")]);
    await hub.until("the rejected report", () => hub.countRequests(new RegExp(`${job.spec.jobId}/results`)) >= 1);
    const next = hub.push(agentId, [scriptStep("pgrep -fc '^sleep 1023$' || true")]);
    await hub.ended(next);
    expect(scriptResultOf(next).value).toBe(0);
  });

  it("drops a report that the server calls malformed, and still delivers the end", async () => {
    await connect();
    hub.mischief = ({ path, nth }) =>
      path.endsWith("/results") && nth === 1 ? { status: 400, code: "bad-request" } : null;
    const job = hub.push(agentId, [scriptStep("echo lost; sleep 0.3; echo kept")]);
    expect((await hub.ended(job)).status).toBe("finished");
  });

  it("reports a job as interrupted when the agent is asked to stop, and exits 0", async () => {
    await connect();
    const job = hub.push(agentId, [scriptStep("echo up; sleep 1024")]);
    await hub.until("the script to run", () => outputOf(job) === "up\n");
    expect(await agent.end("SIGTERM")).toBe(0);
    expect((await hub.ended(job)).status).toBe("interrupted");
    expect(scriptResultOf(job).status).toBe("interrupted");
  });
});
