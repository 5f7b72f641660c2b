import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AgentHub, outputOf, scriptResultOf, scriptStep } from "../../harness/agent-hub";
import { AgentProcess, bundleAgent, quickTiming } from "../../harness/agent-process";

let bundle: string;
let hub: AgentHub;
let agent: AgentProcess;

beforeAll(async () => {
  bundle = await bundleAgent();
});
beforeEach(async () => {
  hub = await AgentHub.start();
  agent = await AgentProcess.create(bundle);
});
afterEach(async () => {
  await agent.dispose();
  await hub.close();
});

/** Runs a job to prove that the agent is well. */
async function proveWell(agentId: string): Promise<void> {
  const job = hub.push(agentId, [scriptStep("echo well")]);
  await hub.ended(job);
  expect(scriptResultOf(job).value).toBe("well");
}

describe("the stream", () => {
  it("comes back after the server was gone, and runs what was pushed meanwhile", async () => {
    const agentId = await agent.enrollAndConnect(hub);
    await hub.close();
    const job = hub.push(agentId, [scriptStep("echo 1")]);
    await hub.listen();
    expect(await hub.ended(job)).toMatchObject({ status: "finished" });
  });

  it("delivers the results of a job that went on while the server was gone", async () => {
    const agentId = await agent.enrollAndConnect(hub);
    const job = hub.push(agentId, [scriptStep("echo up; sleep 0.5; echo down")]);
    await hub.until("the script to run", () => outputOf(job) === "up\n");
    await hub.close();
    await hub.listen();
    await hub.ended(job);
    expect(outputOf(job)).toBe("up\ndown\n");
    expect(job.startRequests).toBe(1);
  });

  it("does not come back sooner than the server asked when it said goodbye", async () => {
    const agentId = await agent.enrollAndConnect(hub);
    const before = performance.now();
    hub.send(agentId, "bye", { reconnectAfterMs: 700, reason: "restart" });
    await hub.until("the next connection", () => hub.countRequests(/^\/stream$/) === 2);
    expect(performance.now() - before).toBeGreaterThanOrEqual(690);
    await proveWell(agentId);
  });

  it("waits as long as Retry-After says", async () => {
    await agent.enroll(hub);
    hub.mischief = ({ path, nth }) =>
      path === "/stream" && nth === 1 ? { status: 503, code: "unavailable", headers: { "retry-after": "1" } } : null;
    const before = performance.now();
    agent.start();
    await hub.connected(agent.agentId);
    expect(performance.now() - before).toBeGreaterThanOrEqual(1000);
  });

  it("reconnects when it hears nothing for three keep-alives", async () => {
    hub.keepAliveSeconds = 1;
    const agentId = await agent.enroll(hub);
    agent.start();
    await hub.until("a second connection", () => hub.countRequests(/^\/stream$/) >= 2, 20_000);
    await hub.connected(agentId);
  });

  it("asks rarely while the server does not know it, and never gives up", async () => {
    const agentId = await agent.enroll(hub);
    const known = hub.agents.get(agentId);
    hub.agents.delete(agentId);
    agent.start();
    await hub.until("two refused tries", () => hub.countRequests(/^\/stream$/) >= 2);
    if (known !== undefined) hub.agents.set(agentId, known);
    await hub.connected(agentId);
  });

  const garbage: [string, string, string][] = [
    ["an unknown event", "hurray", "{}"],
    ["a job without a signature", "job", "{}"],
    ["a job that is not JSON", "job", "{"],
    ["a job that is no JWS", "job", '{"jws":"a.b"}'],
    ["a JWS of nonsense", "job", '{"jws":"e30.e30.e30"}'],
    ["a cancel without an id", "cancel", '{"jobId":"x"}'],
    ["a cancel of an unknown job", "cancel", '{"jobId":"00000000-0000-4000-8000-000000000000"}'],
    ["a second, malformed greeting", "job", "null"],
  ];
  it("survives malformed events", async () => {
    const agentId = await agent.enrollAndConnect(hub);
    for (const [, event, data] of garbage) hub.send(agentId, event, data);
    await proveWell(agentId);
    expect(hub.countRequests(/^\/stream$/)).toBe(1);
  });

  it("survives malformed answers", async () => {
    const agentId = await agent.enroll(hub);
    hub.mischief = ({ path, nth }) => (path === "/stream" && nth === 1 ? "hang" : null);
    agent.start();
    await hub.connected(agentId);
    await proveWell(agentId);
  });
});

describe("what an agent refuses", () => {
  const refused: [string, Parameters<AgentHub["push"]>[2] & object, RegExp][] = [
    ["a signature by another key of the same name", { spoilSignature: true }, /signature does not fit/],
    ["a job for another agent", { agentId: "11111111-1111-4111-8111-111111111111" }, /for another agent/],
    ["an expired job", { expiresAt: new Date(Date.now() - 1000).toISOString() }, /expired/],
  ];
  it.each(refused)("%s: nothing runs, and the server is told why", async (_name, change, reason) => {
    const agentId = await agent.enrollAndConnect(hub);
    const job = hub.push(agentId, [scriptStep(`touch ${agent.stateDir}/ran`)], change);
    const end = await hub.ended(job);
    expect(end.status).toBe("refused");
    expect(end.reason).toMatch(reason);
    expect(job.startRequests).toBe(0);
    await proveWell(agentId);
  });

  it("a script whose body does not fit its hash", async () => {
    const agentId = await agent.enrollAndConnect(hub);
    const job = hub.push(agentId, [{ ...scriptStep("echo 1"), body: "echo 2" }]);
    expect(await hub.ended(job)).toMatchObject({ status: "refused", reason: expect.stringContaining("hash") });
  });

  it("judges expiry by the server's clock, not by its own", async () => {
    hub.clockSkewMs = -86_400_000;
    const agentId = await agent.enrollAndConnect(hub);
    await proveWell(agentId);
    const expiresAt = new Date(Date.now() - 86_400_000 - 1000).toISOString();
    const job = hub.push(agentId, [scriptStep("echo 1")], { expiresAt });
    expect((await hub.ended(job)).status).toBe("refused");
  });
});

describe("an idle agent", () => {
  it("needs one stream and one check-in, however often it looks at its facts", async () => {
    const busy = await AgentProcess.create(bundle, {
      EVENKEEL_AGENT_TIMING: JSON.stringify({ ...quickTiming, factsCheckMs: 20 }),
    });
    const agentId = await busy.enrollAndConnect(hub);
    await hub.until("the check-in", () => hub.checkIns.length === 1);
    // Jobs are the clock of this test: while they run, the facts are read many times over.
    for (let round = 0; round < 3; round++) await hub.ended(hub.push(agentId, [scriptStep("sleep 0.5")]));
    expect(hub.countRequests(/^\/(stream|check-in)$/)).toBe(2);
    await busy.dispose();
  });

  it("sends the same facts again on a reconnect only after an hour", async () => {
    const agentId = await agent.enrollAndConnect(hub);
    await hub.until("the check-in", () => hub.checkIns.length === 1);
    hub.send(agentId, "bye", { reconnectAfterMs: 0, reason: "test" });
    await hub.until("the next connection", () => hub.countRequests(/^\/stream$/) === 2);
    await proveWell(agentId);
    await proveWell(agentId);
    expect(hub.checkIns).toHaveLength(1);
  });
});
