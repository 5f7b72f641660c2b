import { onTestFinished } from "vitest";
import type { Database } from "@/db/client";
import {
  actions,
  agents,
  computers,
  deployments,
  emails,
  enrollmentKeys,
  items,
  jobOutput,
  jobs,
  people,
  schedules,
  scripts,
  scriptVersions,
  sessions,
  software,
  tags,
  tasks,
  users,
} from "@/db/schema";
import type { DeploymentScope, Target } from "@/server/core/deployments";
import { compileTargetKey } from "@/server/core/targets";
import { readEnv } from "@/server/env";
import { openRuntime, type Runtime } from "@/server/runtime";
import type { Actor, CommittedWork, UserRole } from "@/server/services/context";
import { defaultSessionOptions } from "@/server/services/sessions/session-options";
import { createTenant } from "@/server/services/tenants/create-tenant";
import { ensureFirstTenants } from "@/server/services/tenants/ensure-first-tenants";
import { createContextInner } from "@/server/trpc/init";
import { createAppCaller } from "@/server/trpc/root";
import { createTestDatabase } from "../../harness/database";
import { createVirtualClock, type VirtualClock } from "../../harness/virtual-clock";

export interface World {
  readonly database: Database;
  readonly clock: VirtualClock;
  readonly runtime: Runtime;
  /** What commits left to be done; nothing of it is done here. */
  readonly committed: CommittedWork[];
  readonly mspId: number;
  readonly contosoId: number;
  readonly contosoSiteId: number;
  readonly fabrikamId: number;
  actor(role: UserRole, tenantId?: number | null): Promise<Extract<Actor, { kind: "user" }>>;
  /** Calls procedures as that actor; null is nobody. */
  as(actor: Actor | null): ReturnType<typeof createAppCaller>;
  addComputer(tenantId: number, name: string, more?: Partial<typeof computers.$inferInsert>): Promise<number>;
  addPerson(tenantId: number, name: string): Promise<number>;
  addSoftware(name: string, more?: Partial<typeof software.$inferInsert>): Promise<number>;
  addTask(name: string, more?: Partial<typeof tasks.$inferInsert>): Promise<number>;
  addDeployment(
    itemId: number,
    target: Partial<Target>,
    more?: Partial<typeof deployments.$inferInsert>,
  ): Promise<number>;
}

/** The MSP, Contoso with a site, Fabrikam; nothing else. Closed when the test has finished, unless kept for a suite. */
export async function createWorld(options: { keep?: boolean } = {}): Promise<World> {
  const database = await createTestDatabase();
  if (!options.keep) onTestFinished(() => database.close());
  const clock = createVirtualClock();
  const committed: CommittedWork[] = [];
  const opened = await openRuntime(
    readEnv({ EVENKEEL_SECRET: Buffer.alloc(32, 5).toString("base64"), LOG_LEVEL: "silent" }),
    { database, clock },
  );
  const quiet = { afterCommit: (work: CommittedWork) => void committed.push(work) };
  const runtime: Runtime = {
    ...opened,
    contextFor: (actor, address) => ({ ...opened.contextFor(actor, address), ...quiet }),
    systemContext: (name) => ({ ...opened.systemContext(name), ...quiet }),
  };
  const { db } = database;
  const ctx = runtime.systemContext("world");
  const first = await ensureFirstTenants({
    ctx,
    input: { mspName: "Acme IT", customerName: "Contoso", timeZone: "UTC" },
  });
  const tenant = async (parentId: number, name: string) =>
    (await createTenant({ ctx, input: { parentId, name, timeZone: "Europe/Stockholm" } })).id;
  const contosoSiteId = await tenant(first.customerTenantId, "Contoso Malmö");
  const fabrikamId = await tenant(first.mspTenantId, "Fabrikam");
  let count = 0;

  return {
    database,
    clock,
    runtime,
    committed,
    mspId: first.mspTenantId,
    contosoId: first.customerTenantId,
    contosoSiteId,
    fabrikamId,
    as: (actor) => createAppCaller(createContextInner({ runtime, actor, address: "203.0.113.7" })),
    async actor(role, tenantId = null) {
      count += 1;
      const name = `${role} ${count}`;
      const userId = one(
        await db
          .insert(users)
          .values({ tid: "directory", oid: `${count}`, displayName: name, role, tenantId, createdAt: clock.now() })
          .returning(),
      ).id;
      return { kind: "user", userId, name, role, tenantId };
    },
    addComputer: async (tenantId, name, more = {}) =>
      one(
        await db
          .insert(computers)
          .values({ ...plainComputer, tenantId, name, createdAt: clock.now(), ...more })
          .returning(),
      ).id,
    addPerson: async (tenantId, name) =>
      one(
        await db
          .insert(people)
          .values({ tenantId, upn: `${name}@example.test`, displayName: name, createdAt: clock.now() })
          .returning(),
      ).id,
    async addSoftware(name, more = {}) {
      const id = await addItem("software", name);
      await db.insert(software).values({
        itemId: id,
        versionSource: "repository",
        detections: [{ platform: { osFamily: "linux" }, method: { kind: "package", manager: "apt", name } }],
        installers: [{ kind: "apt", platform: { osFamily: "linux", packageManager: "apt" }, package: name }],
        ...more,
      });
      return id;
    },
    async addTask(name, more = {}) {
      const id = await addItem("task", name);
      await db.insert(tasks).values({ itemId: id, ...more });
      return id;
    },
    async addDeployment(itemId, partial, more = {}) {
      const target: Target = { ...wholeTenant, ...partial };
      return one(
        await db
          .insert(deployments)
          .values({
            origin: "mine",
            itemId,
            desiredState: "installed-latest",
            ...target,
            targetKey: compileTargetKey(target),
            createdAt: clock.now(),
            updatedAt: clock.now(),
            ...more,
          })
          .returning(),
      ).id;
    },
  };

  async function addItem(kind: "software" | "task", name: string): Promise<number> {
    const now = clock.now();
    return one(
      await db
        .insert(items)
        .values({ kind, origin: "global", slug: name, name, createdAt: now, updatedAt: now })
        .returning(),
    ).id;
  }
}

export function one<Row>(found: readonly Row[]): Row {
  const [row] = found;
  if (row === undefined) throw new Error("One row was expected");
  return row;
}

export const plainComputer = {
  status: "onboarded",
  identity: "strong",
  osFamily: "linux",
  osName: "debian",
  osVersion: "13",
  architecture: "x64",
  packageManagers: ["apt"],
  deviceClass: "workstation",
} satisfies Partial<typeof computers.$inferInsert>;

const wholeTenant: Target = {
  scope: "tenant" satisfies DeploymentScope,
  targetType: "all",
  targetId: null,
  targetName: null,
  targetTenantId: null,
  includesChildTenants: false,
  deviceClass: "any",
};

/** One row of everything at a tenant; what another tenant's people must not reach. */
export async function furnish(world: World, tenantId: number) {
  const { db } = world.database;
  const now = world.clock.now();
  const computerId = await world.addComputer(tenantId, `machine-${tenantId}`);
  const personId = await world.addPerson(tenantId, `person-${tenantId}`);
  const softwareId = await world.addSoftware(`package-${tenantId}`);
  const deploymentId = await world.addDeployment(softwareId, { targetTenantId: tenantId });
  const tagId = one(
    await db
      .insert(tags)
      .values({ tenantId, name: `tag-${tenantId}`, createdAt: now })
      .returning(),
  ).id;
  const scriptId = one(
    await db
      .insert(scripts)
      .values({ origin: "mine", slug: `s-${tenantId}`, name: "script", createdAt: now })
      .returning(),
  ).id;
  await db.insert(scriptVersions).values({
    scriptId,
    number: 1,
    language: "bash",
    context: "system",
    body: "true",
    bodySha256: "0".repeat(64),
    timeoutSeconds: 60,
    createdAt: now,
  });
  const target: Target = { ...wholeTenant, targetTenantId: tenantId };
  const scheduleId = one(
    await db
      .insert(schedules)
      .values({ ...scheduleRow(now), ...target, targetKey: compileTargetKey(target), name: `schedule-${tenantId}` })
      .returning(),
  ).id;
  const sessionId = one(
    await db
      .insert(sessions)
      .values({
        tenantId,
        computerId,
        kind: "full",
        cause: "ad-hoc",
        status: "pending-execution",
        stage: "announcement",
        options: defaultSessionOptions("UTC"),
        generation: 0,
        executionAt: new Date(now.getTime() + 3_600_000),
        createdAt: now,
      })
      .returning(),
  ).id;
  const actionId = one(
    await db
      .insert(actions)
      .values({
        sessionId,
        position: 0,
        itemId: softwareId,
        type: "install",
        reason: "software-missing",
        status: "pending",
        sentence: "Install it because it was not detected.",
        desiredState: "installed-latest",
      })
      .returning(),
  ).id;
  const agentId = crypto.randomUUID();
  await db.insert(agents).values({ id: agentId, tenantId, computerId, enrolledAt: now });
  const jobId = crypto.randomUUID();
  await db.insert(jobs).values({
    id: jobId,
    computerId,
    agentId,
    sessionId,
    actionId,
    purpose: "execute",
    status: "finished",
    generation: 0,
    attempt: 1,
    steps: [],
    createdAt: now,
    expiresAt: now,
    deadlineAt: now,
  });
  await db
    .insert(jobOutput)
    .values({ jobId, stepKey: "s", sequence: 0, stream: "stdout", text: "secret output", at: now });
  const emailId = crypto.randomUUID();
  await db.insert(emails).values({
    id: emailId,
    tenantId,
    sessionId,
    kind: "before",
    idempotencyKey: emailId,
    sender: "a@example.test",
    recipient: "b@example.test",
    subject: "s",
    html: "",
    plainText: "",
    status: "kept",
    createdAt: now,
  });
  const keyId = one(
    await db
      .insert(enrollmentKeys)
      .values({ tenantId, label: "key", keyHash: `hash-${tenantId}`, createdAt: now })
      .returning(),
  ).id;
  return {
    tenantId,
    computerId,
    personId,
    softwareId,
    deploymentId,
    tagId,
    scriptId,
    scheduleId,
    sessionId,
    actionId,
    agentId,
    emailId,
    keyId,
  };
}
export type Furniture = Awaited<ReturnType<typeof furnish>>;

const scheduleRow = (now: Date) =>
  ({
    recurrenceKind: "rrule",
    recurrence: "FREQ=DAILY",
    detectionTime: "20:00",
    timeZoneKind: "schedule",
    timeZone: "UTC",
    offline: "skip",
    reboot: "suppress",
    mailsBefore: true,
    mailsAfter: true,
    allowsPostpone: true,
    allowsCancel: true,
    allowsRunNow: true,
    postponeMaxCount: 3,
    postponeMaxHours: 72,
    graceMinutes: 60,
    createdAt: now,
    updatedAt: now,
  }) satisfies Partial<typeof schedules.$inferInsert>;
