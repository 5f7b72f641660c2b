import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface, type Interface } from "node:readline";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { agents, computers } from "@/db/schema";
import { agentApiOf, closeAgentApi } from "@/server/agents/agent-api";
import { handleAgentNodeRequest } from "@/server/agents/node-adapter";
import { MAX_BODY_BYTES } from "@/server/agents/wire";
import { hashToken } from "@/server/ports/secrets";
import { createJob } from "@/server/services/jobs/create-job";
import { createPostgresDatabase, machine, openWorld, script, type World } from "./world";

const CONNECTIONS = Number(process.env.HUB_TEST_CONNECTIONS ?? 200);

let world: World;
let server: Server;
let port: number;
beforeAll(async () => {
  world = await openWorld({ database: await createPostgresDatabase() });
  server = createServer((request, response) => void handleAgentNodeRequest(request, response, world.runtime));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  await closeAgentApi(world.runtime);
  server.closeAllConnections();
  server.close();
  await world.close();
});

/** Agents as enrolment leaves them, made with two statements. */
async function makeAgents(count: number): Promise<{ agentId: string; token: string; computerId: number }[]> {
  const { db } = world.runtime.database;
  const now = world.runtime.clock.now();
  const facts = machine();
  const made = await db
    .insert(computers)
    .values(
      Array.from({ length: count }, (_, n) => ({
        tenantId: world.tenantId,
        name: `pc-${n}`,
        status: "onboarded" as const,
        identity: "weak" as const,
        osFamily: facts.os.family,
        osName: facts.os.name,
        osVersion: facts.os.version,
        architecture: facts.os.architecture,
        deviceClass: facts.deviceClass,
        createdAt: now,
      })),
    )
    .returning({ id: computers.id });
  const secret = "s".repeat(43);
  const rows = made.map(({ id }) => ({ agentId: randomUUID(), computerId: id }));
  await db.insert(agents).values(
    rows.map(({ agentId, computerId }) => ({
      id: agentId,
      tenantId: world.tenantId,
      computerId,
      secretHash: hashToken(secret),
      enrolledAt: now,
    })),
  );
  return rows.map((row) => ({ ...row, token: `${row.agentId}.${secret}` }));
}

/** Resolves when that many computers have come online or gone offline. */
function presenceChanges(count: number): Promise<void> {
  return new Promise((resolve) => {
    const seen = new Set<number>();
    const stop = world.runtime.signals.subscribe((signal) => {
      if (signal.channel !== "presence") return;
      seen.add(signal.computerId);
      if (seen.size === count) {
        stop();
        resolve();
      }
    });
  });
}

function memoryInUse(): { rss: number; used: number } {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") for (let n = 0; n < 3; n++) collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, used: heapUsed + external };
}

const message = z.object({ open: z.number().optional(), job: z.number().optional(), error: z.string().optional() });

async function nextMessage(lines: Interface): Promise<z.infer<typeof message>> {
  const [line]: unknown[] = await once(lines, "line");
  return message.parse(JSON.parse(String(line)));
}

const countOnline = () => world.runtime.database.db.$count(computers, eq(computers.online, true));

it(`${CONNECTIONS} agents connect at once, cost little each, get their jobs, and are offline when they are killed`, async () => {
  const made = await makeAgents(CONNECTIONS);
  const { hub } = await agentApiOf(world.runtime);
  const clients: ChildProcess = spawn(process.execPath, [`${import.meta.dirname}/many-clients.mjs`], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (!clients.stdout || !clients.stdin) throw new Error("The clients have no pipes");
  const lines = createInterface({ input: clients.stdout });

  const before = memoryInUse();
  const online = presenceChanges(CONNECTIONS);
  const startedAt = performance.now();
  clients.stdin.write(`${JSON.stringify({ port, tokens: made.map(({ token }) => token) })}\n`);
  expect(await nextMessage(lines)).toStrictEqual({ open: CONNECTIONS });
  await online;
  const tookMs = performance.now() - startedAt;
  await hub.settled();
  const after = memoryInUse();
  expect(hub.connectionCount).toBe(CONNECTIONS);
  expect(await countOnline()).toBe(CONNECTIONS);
  const each = (key: "rss" | "used") => ((after[key] - before[key]) / CONNECTIONS / 1024).toFixed(1);
  console.log(
    `${CONNECTIONS} agents online in ${tookMs.toFixed(0)} ms; each costs ${each("used")} KB of JavaScript and buffers, ${each("rss")} KB of resident memory`,
  );

  const last = made.length - 1;
  const pushedAt = performance.now();
  const pushed = nextMessage(lines);
  await createJob({
    ctx: world.runtime.systemContext("test"),
    input: {
      computerId: made[last]?.computerId ?? 0,
      purpose: "ad-hoc",
      steps: [script("one")],
      attempt: 1,
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  expect(await pushed).toStrictEqual({ job: last });
  console.log(`a job reached its agent ${(performance.now() - pushedAt).toFixed(1)} ms after it was asked for`);

  const offline = presenceChanges(CONNECTIONS);
  clients.kill("SIGKILL");
  await offline;
  expect(await countOnline()).toBe(0);
  expect(hub.connectionCount).toBe(0);
});

it.each([
  ["a body over the limit", "x".repeat(MAX_BODY_BYTES + 1), 413, "body-too-large"],
  ["a body far over the limit", "x".repeat(5 * MAX_BODY_BYTES), 413, "body-too-large"],
  ["a body that is not JSON", "{", 400, "bad-request"],
])("%s is answered, not cut off", async (_what, body, status, code) => {
  const response = await fetch(`http://127.0.0.1:${port}/api/agent/v1/enroll`, { method: "POST", body });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code } });
});

it("a stream without a right secret is answered as JSON", async () => {
  const response = await fetch(`http://127.0.0.1:${port}/api/agent/v1/stream`, {
    headers: { authorization: `Bearer ${randomUUID()}.${"s".repeat(43)}` },
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: "unauthorized" } });
});
