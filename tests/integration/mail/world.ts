import { eq, notInArray, sql } from "drizzle-orm";
import { actions, computers, items, people, sessions, tenantContacts, tenants } from "@/db/schema";
import type { ActionResult, ActionType, SessionOptions, SessionStatus } from "@/server/core/sessions";
import { readEnv } from "@/server/env";
import { openRuntime, type Runtime } from "@/server/runtime";
import type { ServiceContext, UserRole } from "@/server/services/context";
import { createTestDatabase } from "../../harness/database";
import { createVirtualClock, type VirtualClock } from "../../harness/virtual-clock";

export const NOW = new Date("2026-11-23T13:10:00Z");
export const TONIGHT = new Date("2026-11-23T20:00:00Z");
export const WEBHOOK_SECRET = `whsec_${Buffer.from("a signing secret of these tests").toString("base64")}`;

/** A provider with a customer and one of its laptops; what a test needs on top it makes itself. */
export interface MailWorld {
  readonly runtime: Runtime;
  readonly clock: VirtualClock;
  readonly system: ServiceContext;
  readonly mspId: number;
  readonly tenantId: number;
  readonly computerId: number;
  as(role: UserRole, tenantId?: number | null): ServiceContext;
  makePerson(values: Partial<typeof people.$inferInsert>): Promise<number>;
  makeContact(tenantId: number, personId: number): Promise<void>;
  setPrimaryPerson(personId: number): Promise<void>;
  /** A session that waits for tonight, with one install, one update and one setting planned. */
  makeSession(values?: {
    status?: SessionStatus;
    options?: Partial<SessionOptions>;
    executionAt?: Date;
    results?: readonly (ActionResult | null)[];
    endedAt?: Date;
  }): Promise<number>;
  /** Back to the provider, its customer and the laptop. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const options: SessionOptions = {
  executionDelayMinutes: 60,
  executionTime: "21:00",
  timeZone: "Europe/Berlin",
  offline: "apply-when-connected",
  reboot: "prompt",
  mailsBefore: true,
  mailsAfter: true,
  allowsPostpone: true,
  allowsCancel: true,
  allowsRunNow: true,
  postponeMaxCount: 2,
  postponeMaxHours: 96,
};

export async function openMailWorld(env: Record<string, string> = {}): Promise<MailWorld> {
  const database = await createTestDatabase();
  const clock = createVirtualClock(NOW);
  const opened = await openRuntime(
    readEnv({
      EVENKEEL_SECRET: Buffer.alloc(32, 3).toString("base64"),
      PUBLIC_URL: "https://keel.example/",
      MAIL_FROM: "Evenkeel <mail@keel.example>",
      LOG_LEVEL: "silent",
      ...env,
    }),
    { database, clock },
  );
  // No engine runs in these tests: what is left to it stays in the outbox of events, where they look at it.
  const contextFor: Runtime["contextFor"] = (actor, address) => ({
    ...opened.contextFor(actor, address),
    afterCommit: () => {},
  });
  const runtime: Runtime = {
    ...opened,
    contextFor,
    systemContext: (name) => contextFor({ kind: "system", name }),
  };
  const { db } = database;
  const one = <T>(rows: T[]): T => {
    const [row] = rows;
    if (!row) throw new Error("Nothing was made");
    return row;
  };
  const makeTenant = async (values: typeof tenants.$inferInsert) => {
    const { id } = one(await db.insert(tenants).values(values).returning());
    const ancestorIds = values.parentId ? [values.parentId, id] : [id];
    await db.update(tenants).set({ ancestorIds }).where(eq(tenants.id, id));
    return id;
  };
  const createdAt = NOW;
  const mspId = await makeTenant({ kind: "msp", name: "Harbour IT", slug: "harbour", timeZone: "UTC", createdAt });
  const tenantId = await makeTenant({
    kind: "customer",
    parentId: mspId,
    name: "Contoso",
    slug: "contoso",
    timeZone: "Europe/Berlin",
    createdAt,
  });
  const { id: computerId } = one(
    await db
      .insert(computers)
      .values({
        tenantId,
        name: "CONT-LT-0142",
        status: "onboarded",
        identity: "strong",
        osFamily: "windows",
        osName: "Windows 11",
        osVersion: "24H2",
        architecture: "x64",
        deviceClass: "portable",
        createdAt,
      })
      .returning(),
  );
  const planned = [
    { type: "install", name: "Adobe Acrobat Pro", reason: "software-missing", to: "25.1", from: null },
    { type: "update", name: "3CX", reason: "update-available", to: "20.0", from: "18.13" },
    { type: "task", name: "Firewall on", reason: "test-failed", to: null, from: null },
    { type: "none", name: "Git", reason: "compliant", to: null, from: "2.52" },
  ] as const;
  const itemIds: number[] = [];
  for (const { name, type } of planned) {
    const kind = type === "task" ? "task" : "software";
    const values = { kind, origin: "global", slug: name, name, createdAt, updatedAt: createdAt } as const;
    itemIds.push(one(await db.insert(items).values(values).returning()).id);
  }
  let personCount = 0;

  return {
    runtime,
    clock,
    system: runtime.systemContext("test"),
    mspId,
    tenantId,
    computerId,
    as: (role, forTenant = null) =>
      runtime.contextFor({ kind: "user", userId: 1, name: "Sam Reyes", role, tenantId: forTenant }),
    async makePerson(values) {
      personCount++;
      const upn = `person${personCount}@contoso.example`;
      const defaults = { tenantId, upn, displayName: `Person ${personCount}`, email: upn, createdAt };
      return one(
        await db
          .insert(people)
          .values({ ...defaults, ...values })
          .returning(),
      ).id;
    },
    async makeContact(contactOf, personId) {
      await db.insert(tenantContacts).values({ tenantId: contactOf, personId });
    },
    async setPrimaryPerson(primaryPersonId) {
      await db.update(computers).set({ primaryPersonId }).where(eq(computers.id, computerId));
    },
    async makeSession({ status = "pending-execution", executionAt = TONIGHT, endedAt, ...rest } = {}) {
      const { id } = one(
        await db
          .insert(sessions)
          .values({
            tenantId,
            computerId,
            kind: "full",
            cause: "schedule",
            status,
            stage: "execution",
            options: { ...options, ...rest.options },
            generation: 0,
            executionAt,
            postponeLatestAt: new Date(executionAt.getTime() + 96 * 3_600_000),
            createdAt,
            endedAt: endedAt ?? null,
            executionStartedAt: endedAt ?? null,
          })
          .returning(),
      );
      await db.insert(actions).values(
        planned.map(({ type, reason, name, from, to }, position) => {
          const result = rest.results?.[position] ?? null;
          return {
            sessionId: id,
            position,
            itemId: itemIds[position] ?? 0,
            type: type satisfies ActionType,
            reason,
            status: result === null ? ("pending" as const) : ("done" as const),
            result,
            sentence: `${type} ${name}`,
            desiredState: "installed-latest" as const,
            detectedVersion: from,
            wantedVersion: to,
          };
        }),
      );
      return id;
    },
    async reset() {
      await db.execute(
        sql`truncate emails, email_events, message_links, message_choices, actions, sessions, session_events, outbox_events, tenant_contacts, brandings, audit_log cascade`,
      );
      await db.update(computers).set({ primaryPersonId: null, pendingReboot: false });
      await db.delete(people);
      await db.delete(tenants).where(notInArray(tenants.id, [mspId, tenantId]));
      personCount = 0;
    },
    close: () => runtime.close(),
  };
}
