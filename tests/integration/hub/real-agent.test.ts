import { mkdtemp, rm, watch } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { computers, jobOutput } from "@/db/schema";
import { agentApiOf, closeAgentApi } from "@/server/agents/agent-api";
import { handleAgentNodeRequest } from "@/server/agents/node-adapter";
import type { JobStep } from "@/server/agents/wire";
import { cancelJobs } from "@/server/services/jobs/cancel-jobs";
import { createJob } from "@/server/services/jobs/create-job";
import { readJobResults } from "@/server/services/jobs/read-job-results";
import { AgentProcess, bundleAgent } from "../../harness/agent-process";
import { openWorld, script, type World } from "./world";

let world: World;
let server: Server;
let port: number;
let agent: AgentProcess;
let computerId: number;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "evenkeel-hub-"));
  world = await openWorld();
  await listen(0);
  agent = await AgentProcess.create(await bundleAgent());
  const url = `http://127.0.0.1:${port}`;
  const done = await agent.command("enroll", "--server", url, "--key", world.enrollmentKey, "--state", agent.stateDir);
  expect(done).toMatchObject({ exitCode: 0 });
  const online = presence(true);
  agent.start();
  computerId = await online;
});
afterAll(async () => {
  await agent.dispose();
  await closeAgentApi(world.runtime);
  await closeServer();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function listen(wanted: number): Promise<void> {
  server = createServer((request, response) => void handleAgentNodeRequest(request, response, world.runtime));
  await new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
}

function closeServer(): Promise<unknown> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  return closed;
}

const system = () => world.runtime.systemContext("test");
const results = (jobId: string) => readJobResults({ ctx: system(), input: { jobId } });

/** The next computer that comes online, or goes offline. */
function presence(online: boolean): Promise<number> {
  return new Promise((resolve) => {
    const stop = world.runtime.signals.subscribe((signal) => {
      if (signal.channel !== "presence") return;
      void world.runtime.database.db
        .select({ online: computers.online })
        .from(computers)
        .where(eq(computers.id, signal.computerId))
        .then(([row]) => {
          if (row?.online !== online) return;
          stop();
          resolve(signal.computerId);
        });
    });
  });
}

async function make(steps: JobStep[]): Promise<{ jobId: string; finished: Promise<void> }> {
  const { jobId } = await createJob({
    ctx: system(),
    input: { computerId, purpose: "ad-hoc", steps, attempt: 1, expiresAt: new Date(Date.now() + 60_000) },
  });
  return { jobId, finished: world.emitted(`agent/job.finished/${jobId}`) };
}

/** A script that says that it runs by making a file, and then runs for long. */
async function makeLong(name: string) {
  const running = (async () => {
    for await (const { filename } of watch(folder)) if (filename === name) return;
  })();
  const job = await make([script("long", { body: `echo begun; touch ${folder}/${name}; sleep 600` })]);
  await running;
  return job;
}

it("the real agent is identified by the facts it enrolled with", async () => {
  const found = await world.runtime.database.db.select().from(computers).where(eq(computers.id, computerId));
  expect(found).toMatchObject([{ status: expect.stringMatching(/^needs-/), online: true, osFamily: "linux" }]);
});

it("the real agent does a batch and reports facts, inventory, detection and scripts", async () => {
  const { jobId, finished } = await make([
    { kind: "facts", key: "facts" },
    { kind: "inventory", key: "inventory" },
    {
      kind: "detect",
      key: "detect",
      items: [{ itemKey: "bash", methods: [{ kind: "package", manager: "apt", name: "bash" }] }],
    },
    script("hello", { body: 'echo "hello $EK_NAME"; echo 42', parameters: { NAME: "keel" } }),
  ]);
  await finished;
  const read = await results(jobId);
  expect(read).toMatchObject({ status: "finished", ended: true });
  expect(Object.keys(read.results).sort()).toStrictEqual(["detect", "facts", "hello", "inventory"]);
  expect(read.results.hello).toMatchObject({ script: { status: "completed", exitCode: 0, value: 42 } });
  const output = await world.runtime.database.db
    .select({ text: jobOutput.text })
    .from(jobOutput)
    .where(eq(jobOutput.jobId, jobId))
    .orderBy(asc(jobOutput.sequence));
  expect(output.map(({ text }) => text).join("")).toContain("hello keel");
});

it("a job that is called off while it runs is stopped on the machine", async () => {
  const { jobId, finished } = await makeLong("cancel-me");
  expect(await cancelJobs({ ctx: system(), input: { jobIds: [jobId], reason: "called off" } })).toMatchObject({
    stopping: [jobId],
  });
  await finished;
  expect(await results(jobId)).toMatchObject({ status: "cancelled" });
});

it("an agent killed in a job makes its computer offline, and says interrupted when it is back", async () => {
  const { jobId, finished } = await makeLong("kill-me");
  const offline = presence(false);
  await agent.end("SIGKILL");
  expect(await offline).toBe(computerId);
  expect(await results(jobId)).toMatchObject({ status: "started" });
  const online = presence(true);
  agent.start();
  expect(await online).toBe(computerId);
  await finished;
  expect(await results(jobId)).toMatchObject({ status: "interrupted" });
});

it("a job made while the server was down for the agent runs when it is back", async () => {
  const offline = presence(false);
  const { hub } = await agentApiOf(world.runtime);
  const samePort = port;
  await closeServer();
  expect(await offline).toBe(computerId);
  const { jobId, finished } = await make([script("later")]);
  await listen(samePort);
  await finished;
  expect(await results(jobId)).toMatchObject({ status: "finished" });
  expect(hub.connectionCount).toBe(1);
});
