import { createHash, randomBytes, randomUUID } from "node:crypto";
import { inject } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { tenants } from "@/db/schema";
import { agentApiOf, closeAgentApi } from "@/server/agents/agent-api";
import { handleAgentRequest } from "@/server/agents/handle-agent-request";
import {
  type EnrollResponse,
  enrollResponse,
  errorResponse,
  type JobStep,
  type MachineFacts,
} from "@/server/agents/wire";
import { readEnv } from "@/server/env";
import type { Clock } from "@/server/ports/clock";
import { openRuntime, type Runtime } from "@/server/runtime";
import { createEnrollmentKey } from "@/server/services/agents/create-enrollment-key";
import { createTestDatabase } from "../../harness/database";
import { createDatabase, MIGRATED_TEMPLATE } from "../../harness/postgres";
import { readEvents, type StreamReader } from "./stream-reader";

/** A runtime on a database of its own with one customer, and everything a test says to the agent API. */
export interface World {
  readonly runtime: Runtime;
  readonly tenantId: number;
  readonly enrollmentKey: string;
  makeTenant(name: string): Promise<number>;
  makeKey(tenantId: number): Promise<string>;
  send(call: Call): Promise<Reply>;
  enroll(options?: { facts?: Partial<MachineFacts>; instanceId?: string; key?: string }): Promise<EnrolledAgent>;
  connect(agent: EnrolledAgent): Promise<StreamReader>;
  /** Resolves once the event of that id has been committed. */
  emitted(id: string): Promise<void>;
  /** Everything pushed and written down that was under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface Call {
  readonly method?: string;
  readonly path: string;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: unknown;
  readonly agent?: EnrolledAgent;
  readonly authorization?: string;
  readonly address?: string;
}

export interface Reply {
  readonly status: number;
  /** The code of a refusal; undefined for anything else. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface EnrolledAgent extends EnrollResponse {
  readonly instanceId: string;
  readonly authorization: string;
}

const testSecret = randomBytes(32).toString("base64");

export async function openWorld(parts: { database?: Database; clock?: Clock } = {}): Promise<World> {
  const database = parts.database ?? (await createTestDatabase());
  const env = readEnv({ EVENKEEL_SECRET: testSecret, LOG_LEVEL: "silent" });
  const { runtime, emitted } = withoutEngine(
    await openRuntime(env, { database, ...(parts.clock ? { clock: parts.clock } : {}) }),
  );
  const [msp] = await database.db
    .insert(tenants)
    .values({ kind: "msp", name: "Evenkeel MSP", slug: "msp", timeZone: "UTC", createdAt: runtime.clock.now() })
    .returning();
  const mspId = msp?.id ?? 0;

  async function makeTenant(name: string) {
    const [made] = await database.db
      .insert(tenants)
      .values({
        kind: "customer",
        name,
        slug: name.toLowerCase(),
        timeZone: "Europe/Berlin",
        parentId: mspId,
        createdAt: runtime.clock.now(),
      })
      .returning();
    return made?.id ?? 0;
  }
  const makeKey = async (tenantId: number) =>
    (await createEnrollmentKey({ ctx: runtime.systemContext("test"), input: { tenantId, label: "test" } })).key;

  const tenantId = await makeTenant("Contoso");
  const enrollmentKey = await makeKey(tenantId);

  async function request(call: Call): Promise<Response> {
    const authorization = call.authorization ?? call.agent?.authorization;
    const method = call.method ?? "POST";
    const body = typeof call.body === "string" ? call.body : JSON.stringify(call.body ?? {});
    return handleAgentRequest(
      new Request(`http://server/api/agent/v1${call.path}`, {
        method,
        headers: authorization === undefined ? {} : { authorization },
        ...(method === "GET" ? {} : { body }),
      }),
      runtime,
      call.address ?? "192.0.2.1",
    );
  }

  async function send(call: Call): Promise<Reply> {
    const response = await request(call);
    const body: unknown = await response.json();
    const error = errorResponse.safeParse(body);
    return {
      status: response.status,
      code: error.success ? error.data.error.code : undefined,
      message: error.success ? error.data.error.message : undefined,
      body,
      headers: response.headers,
    };
  }

  return {
    runtime,
    tenantId,
    enrollmentKey,
    makeTenant,
    makeKey,
    emitted,
    send,
    async enroll(options = {}) {
      const instanceId = options.instanceId ?? randomUUID();
      const reply = await send({
        path: "/enroll",
        body: {
          protocol: 1,
          enrollmentKey: options.key ?? enrollmentKey,
          instanceId,
          facts: machine(options.facts),
        },
      });
      const enrolled = enrollResponse.parse(reply.body);
      return { ...enrolled, instanceId, authorization: `Bearer ${enrolled.agentId}.${enrolled.agentSecret}` };
    },
    async connect(agent) {
      return readEvents(await request({ method: "GET", path: "/stream", agent }));
    },
    settled: async () => (await agentApiOf(runtime)).hub.settled(),
    async close() {
      await closeAgentApi(runtime);
      await runtime.close();
    },
  };
}

/** The same runtime with no engine to hand events to: they stay in the outbox, where a test can see them. */
function withoutEngine(runtime: Runtime): { runtime: Runtime; emitted(id: string): Promise<void> } {
  const ids = new Set<string>();
  const waiting = new Set<() => void>();
  const contextFor: Runtime["contextFor"] = (actor, address) => ({
    ...runtime.contextFor(actor, address),
    afterCommit: ({ signals, eventIds }) => {
      void runtime.signals.publish(signals);
      for (const id of eventIds) ids.add(id);
      for (const look of waiting) look();
    },
  });
  return {
    runtime: { ...runtime, contextFor, systemContext: (name) => contextFor({ kind: "system", name }) },
    emitted: (id) =>
      new Promise((resolve) => {
        const look = () => {
          if (!ids.has(id)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A migrated database on the real PostgreSQL, for what only shows where connections are many. */
export async function createPostgresDatabase(): Promise<Database> {
  const name = `hub_${randomUUID().replaceAll("-", "")}`;
  return openDatabase(await createDatabase(inject("postgresUrl"), name, MIGRATED_TEMPLATE), { maxConnections: 20 });
}

/** A machine as they come in containers: no SMBIOS UUID, known by its machine-id alone. */
export function machine(facts: Partial<MachineFacts> = {}): MachineFacts {
  return {
    hostName: "web-01",
    os: {
      family: "linux",
      name: "debian",
      like: [],
      version: "13",
      build: null,
      prettyName: "Debian GNU/Linux 13",
      architecture: "x64",
    },
    smbiosUuid: null,
    osInstallationId: randomBytes(16).toString("hex"),
    osInstalledAt: null,
    serialNumber: null,
    manufacturer: null,
    model: null,
    deviceClass: "server",
    packageManagers: ["apt"],
    interpreters: [{ language: "bash", edition: "GNU bash", version: "5.2", path: "/bin/bash" }],
    runningAs: { userName: "root", elevated: true },
    signedInUsers: [],
    pendingReboot: { pending: false, reasons: [] },
    timeZone: "Europe/Berlin",
    bootedAt: null,
    agentVersion: "0.1.0",
    ...facts,
  };
}

/** A script step that says hello. */
export function script(key: string, parts: Partial<Extract<JobStep, { kind: "script" }>> = {}): JobStep {
  const body = parts.body ?? "echo hello";
  return {
    kind: "script",
    key,
    language: "bash",
    context: "system",
    body,
    bodySha256: createHash("sha256").update(body).digest("hex"),
    parameters: {},
    secretParameters: [],
    timeoutSeconds: 60,
    requiresElevation: false,
    ...parts,
  };
}

/** What a finished script step reports. */
export function completed(stepKey: string, value: unknown = null) {
  return {
    stepKey,
    startedAt: "2030-01-01T00:00:01Z",
    finishedAt: "2030-01-01T00:00:02Z",
    result: {
      kind: "script",
      script: {
        status: "completed",
        exitCode: 0,
        value,
        errors: [],
        reason: null,
        cutBytes: 0,
        durationMs: 1000,
      },
    },
  };
}

export const chunk = (stepKey: string, sequence: number, text: string) => ({
  stepKey,
  sequence,
  stream: "stdout",
  text,
  at: "2030-01-01T00:00:01Z",
});
