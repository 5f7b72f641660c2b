import { createHash, randomBytes, randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { onTestFinished } from "vitest";
import * as tables from "@/db/schema";
import {
  createEmbeddedEngine,
  type Engine,
  embeddedSigningKey,
  provideEngine,
  type Transport,
} from "@/inngest/embedded";
import { handleInngest } from "@/inngest/serve";
import { enrollResponse, type MachineFacts } from "@/server/agents/wire";
import type { DesiredState, Target } from "@/server/core/deployments";
import type { DetectionRule, Installer } from "@/server/core/items";
import type { SessionOptions } from "@/server/core/sessions";
import { compileTargetKey } from "@/server/core/targets";
import { readEnv } from "@/server/env";
import { openRuntime, type Runtime } from "@/server/runtime";
import { createEnrollmentKey } from "@/server/services/agents/create-enrollment-key";
import { enrollAgent } from "@/server/services/agents/enroll-agent";
import type { ServiceContext } from "@/server/services/context";
import { identifyAgent } from "@/server/services/identification/identify-agent";
import { ensureFirstTenants } from "@/server/services/tenants/ensure-first-tenants";
import { createTestDatabase } from "../../harness/database";
import { ScriptedAgent } from "../../harness/scripted-agent";
import { createVirtualClock, type VirtualClock } from "../../harness/virtual-clock";
import { machine } from "./machine";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

const apt = { osFamily: "linux", packageManager: "apt" } as const;
const linux = { osFamily: "linux" } as const;

/** A product of one's own: a database, the durable functions on the embedded engine, a clock that stands still. */
export interface World {
  readonly runtime: Runtime;
  readonly clock: VirtualClock;
  readonly tenantId: number;
  /** A technician of the MSP. */
  readonly technician: ServiceContext;
  readonly system: ServiceContext;
  /** A connected computer that can be maintained, with what its machine is. */
  makeComputer(facts?: Partial<MachineFacts>): Promise<ScriptedAgent>;
  makeSoftware(name: string, parts?: SoftwareParts): Promise<number>;
  makeTask(
    name: string,
    scripts: { test?: string; set?: string; get?: string },
    safeToRetry?: boolean,
  ): Promise<number>;
  makeScript(body: string): Promise<number>;
  deploy(itemId: number, desiredState: DesiredState, target: Partial<Target>, version?: string): Promise<number>;
  require(itemId: number, neededIds: readonly number[]): Promise<void>;
  /** A person whose primary computer it is, who can be told by mail. */
  makePerson(computerId: number): Promise<number>;
  session(id: number): Promise<typeof tables.sessions.$inferSelect>;
  actions(sessionId: number): Promise<(typeof tables.actions.$inferSelect)[]>;
  events(sessionId: number): Promise<string[]>;
  mails(sessionId: number): Promise<string[]>;
  /** Lets everything happen that can happen now. */
  settle(): Promise<void>;
  advance(ms: number): Promise<void>;
}

export interface SoftwareParts {
  readonly detections?: DetectionRule[];
  readonly installers?: Installer[];
  readonly safeToRetry?: boolean;
  readonly versionSource?: "static" | "repository";
}

export interface WorldOptions {
  /** Stands between the engine and the functions. */
  readonly around?: (transport: Transport) => Transport;
}

const RUNTIME = Symbol.for("evenkeel.runtime");
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const clock = createVirtualClock(new Date("2030-03-04T09:00:00Z"));
  const env = readEnv({
    EVENKEEL_SECRET: randomBytes(32).toString("base64"),
    LOG_LEVEL: "silent",
    PUBLIC_URL: "http://evenkeel.test",
  });
  const database = await createTestDatabase();
  const runtime = await openRuntime(env, { database, clock });
  Reflect.set(globalThis, RUNTIME, Promise.resolve(runtime));
  const functions: Transport = options.around?.(handleInngest) ?? handleInngest;
  let requests = 0;
  const transport: Transport = (request) => {
    requests += 1;
    return functions(request);
  };
  const engine = createEmbeddedEngine({
    db: database.db,
    clock,
    transport,
    logger: process.env.ENGINE_LOG ? console : quiet,
    signingKey: embeddedSigningKey,
    limits: { sweepSeconds: 10_000_000 },
  });
  provideEngine(engine);
  const system = runtime.systemContext("test");
  const { customerTenantId: tenantId } = await ensureFirstTenants({
    ctx: system,
    input: { customerName: "Contoso" },
  });
  const agents: ScriptedAgent[] = [];
  clock.watch(() => quieten(runtime, engine, agents, () => requests));
  await engine.start();
  onTestFinished(async () => {
    await engine.stop();
    await runtime.close();
  });

  const { db } = database;
  const one = <T>(found: T[]): T => {
    const [row] = found;
    if (row === undefined) throw new Error("Nothing was inserted");
    return row;
  };
  const user = one(
    await db
      .insert(tables.users)
      .values({ tid: "local", oid: "technician", displayName: "Tess", role: "msp-technician", createdAt: clock.now() })
      .returning(),
  );
  const { key } = await createEnrollmentKey({ ctx: system, input: { tenantId, label: "test" } });

  const makeScript = async (body: string, timeoutSeconds = 60) => {
    const slug = `script-${randomUUID()}`;
    const script = one(
      await db.insert(tables.scripts).values({ origin: "mine", slug, name: body, createdAt: clock.now() }).returning(),
    );
    await db.insert(tables.scriptVersions).values({
      scriptId: script.id,
      number: 1,
      language: "bash",
      context: "system",
      body,
      bodySha256: createHash("sha256").update(body).digest("hex"),
      timeoutSeconds,
      createdAt: clock.now(),
    });
    return script.id;
  };
  const makeItem = async (kind: "software" | "task", name: string, safeToRetry: boolean) =>
    one(
      await db
        .insert(tables.items)
        .values({
          kind,
          origin: "mine",
          slug: `${name}-${randomUUID()}`,
          name,
          safeToRetry,
          createdAt: clock.now(),
          updatedAt: clock.now(),
        })
        .returning(),
    ).id;

  const settle = () => clock.settle();
  return {
    runtime,
    clock,
    tenantId,
    system,
    technician: runtime.contextFor(
      { kind: "user", userId: user.id, name: "Tess", role: "msp-technician", tenantId: null },
      "192.0.2.7",
    ),
    makeScript,
    settle,
    advance: (ms) => clock.advance(ms),
    async makeComputer(given = {}) {
      const facts = machine(given);
      const enrolled = enrollResponse.parse(
        await enrollAgent({
          ctx: system,
          input: { request: { protocol: 1, enrollmentKey: key, instanceId: randomUUID(), facts } },
        }),
      );
      const { computerId } = await identifyAgent({ ctx: system, input: { agentId: enrolled.agentId } });
      await db.update(tables.computers).set({ status: "onboarded" }).where(eq(tables.computers.id, computerId));
      const agent = new ScriptedAgent(runtime, enrolled.agentId, tenantId, computerId, facts);
      agents.push(agent);
      await agent.connect();
      await settle();
      return agent;
    },
    async makeSoftware(name, parts = {}) {
      const id = await makeItem("software", name, parts.safeToRetry ?? false);
      await db.insert(tables.software).values({
        itemId: id,
        detections: parts.detections ?? [{ platform: apt, method: { kind: "package", manager: "apt", name } }],
        versionSource: parts.versionSource ?? "repository",
        installers: parts.installers ?? [{ kind: "apt", platform: apt, package: name }],
      });
      return id;
    },
    async makeTask(name, scripts, safeToRetry = false) {
      const id = await makeItem("task", name, safeToRetry);
      await db.insert(tables.tasks).values({ itemId: id });
      const idOf = (body: string | undefined) => (body === undefined ? null : makeScript(body));
      await db.insert(tables.taskScripts).values({
        itemId: id,
        osFamily: linux.osFamily,
        testScriptId: await idOf(scripts.test),
        setScriptId: await idOf(scripts.set),
        getScriptId: await idOf(scripts.get),
      });
      return id;
    },
    async deploy(itemId, desiredState, given, version) {
      const target: Target = {
        scope: "tenant",
        targetType: "all",
        targetId: null,
        targetName: null,
        targetTenantId: tenantId,
        includesChildTenants: true,
        deviceClass: "any",
        ...given,
      };
      const row = one(
        await db
          .insert(tables.deployments)
          .values({
            origin: "mine",
            itemId,
            desiredState,
            version: version ?? null,
            ...target,
            targetKey: compileTargetKey(target),
            createdAt: clock.now(),
            updatedAt: clock.now(),
          })
          .returning(),
      );
      return row.id;
    },
    async require(itemId, neededIds) {
      const row = one(
        await db
          .insert(tables.prerequisites)
          .values({
            itemId,
            appliesWhen: "installed",
            quantifier: "all",
            requiredState: "installed",
            otherwise: "do-first",
          })
          .returning(),
      );
      await db
        .insert(tables.prerequisiteItems)
        .values(neededIds.map((needed) => ({ prerequisiteId: row.id, itemId: needed })));
    },
    async makePerson(computerId) {
      const row = one(
        await db
          .insert(tables.people)
          .values({
            tenantId,
            upn: "kim@contoso.test",
            email: "kim@contoso.test",
            displayName: "Kim Lee",
            createdAt: clock.now(),
          })
          .returning(),
      );
      await db.update(tables.computers).set({ primaryPersonId: row.id }).where(eq(tables.computers.id, computerId));
      return row.id;
    },
    session: async (id) => one(await db.select().from(tables.sessions).where(eq(tables.sessions.id, id))),
    actions: (sessionId) =>
      db
        .select()
        .from(tables.actions)
        .where(eq(tables.actions.sessionId, sessionId))
        .orderBy(asc(tables.actions.position)),
    async events(sessionId) {
      const found = await db
        .select()
        .from(tables.sessionEvents)
        .where(eq(tables.sessionEvents.sessionId, sessionId))
        .orderBy(asc(tables.sessionEvents.id));
      return found.map((event) => event.kind);
    },
    async mails(sessionId) {
      const found = await db
        .select()
        .from(tables.emails)
        .where(eq(tables.emails.sessionId, sessionId))
        .orderBy(asc(tables.emails.createdAt), asc(tables.emails.kind));
      return found.map((mail) => mail.kind);
    },
  };
}

/**
 * Until nothing is left to do: no event to hand over, no job that an agent would take, no run of the engine, seen twice
 * in a row with nothing asked of the functions in between.
 */
async function quieten(
  runtime: Runtime,
  engine: Engine,
  agents: readonly ScriptedAgent[],
  requests: () => number,
): Promise<void> {
  for (let round = 0; round < 5000; round++) {
    const before = requests();
    await engine.idle();
    let worked = false;
    for (const agent of agents) worked = (await agent.work()) || worked;
    const isEmpty = await outboxIsEmpty(runtime);
    await engine.idle();
    if (!worked && isEmpty && requests() === before && (await outboxIsEmpty(runtime))) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("The world did not come to rest");
}

async function outboxIsEmpty({ database }: Runtime): Promise<boolean> {
  return (await database.db.select({ id: tables.outboxEvents.id }).from(tables.outboxEvents).limit(1)).length === 0;
}

/** Executes an hour after detection, so that there is time to change one's mind. */
export const inAnHour: Partial<SessionOptions> = { executionDelayMinutes: 60 };
