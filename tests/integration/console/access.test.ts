import { TRPCError } from "@trpc/server";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rows } from "@/db/rows";
import type { Target } from "@/server/core/deployments";
import type { Permission } from "@/server/services/authorize";
import type { Actor } from "@/server/services/context";
import { createContextInner } from "@/server/trpc/init";
import { appRouter, createAppCaller } from "@/server/trpc/root";
import { createWorld, type Furniture, furnish, type World } from "./world";

const target = (tenantId: number): Target => ({
  scope: "tenant",
  targetType: "all",
  targetId: null,
  targetName: null,
  targetTenantId: tenantId,
  includesChildTenants: false,
  deviceClass: "any",
});
const deploymentDraft = (of: Furniture) => ({
  itemId: of.softwareId,
  desiredState: "uninstalled" as const,
  target: target(of.tenantId),
});
const scheduleDraft = (of: Furniture) => ({
  name: "Nightly",
  target: target(of.tenantId),
  recurrenceKind: "rrule" as const,
  recurrence: "FREQ=DAILY",
  detectionTime: "20:00",
  timeZoneKind: "schedule" as const,
  timeZone: "UTC",
});

interface Case {
  /** A call that concerns what is at a tenant. */
  readonly input: (of: Furniture, world: World) => unknown;
  /**
   * How it keeps someone of another tenant out: `refused` with not-found or forbidden; `hidden`: it answers, without a
   * trace of the tenant and changes nothing; `shared`: what it shows belongs to no tenant.
   */
  readonly others: "refused" | "hidden" | "shared";
}

const refused = (input: Case["input"]): Case => ({ input, others: "refused" });
const hidden = (input: Case["input"] = () => ({})): Case => ({ input, others: "hidden" });
const shared = (input: Case["input"]): Case => ({ input, others: "shared" });

/** Every procedure there is. One that is missing here fails the first test below. */
const cases: Record<string, Case> = {
  "audit.list": hidden(),
  "audit.verifyChain": refused(() => ({})),
  "branding.get": refused(({ tenantId }) => ({ tenantId })),
  "branding.update": refused(({ tenantId }) => ({
    tenantId,
    companyName: "x",
    logoUrl: null,
    accentColor: null,
    senderName: null,
    senderAddress: null,
    supportContact: null,
    footer: null,
    validFrom: null,
    validTo: null,
  })),
  "computers.affinity": refused(({ computerId }) => ({ id: computerId })),
  "computers.archive": refused(({ computerId }) => ({ id: computerId })),
  "computers.deployments": refused(({ computerId }) => ({ id: computerId })),
  "computers.get": refused(({ computerId }) => ({ id: computerId })),
  "computers.inventory": refused(({ computerId }) => ({ id: computerId })),
  "computers.list": hidden(),
  "computers.software": refused(({ computerId }) => ({ id: computerId })),
  "computers.update": refused(({ computerId }) => ({ id: computerId, name: "taken" })),
  "dashboard.summary": hidden(),
  "deployments.create": refused((of) => ({ draft: deploymentDraft(of) })),
  "deployments.get": refused(({ deploymentId }) => ({ id: deploymentId })),
  "deployments.list": hidden(),
  "deployments.preview": refused((of) => ({ draft: deploymentDraft(of) })),
  "deployments.remove": refused(({ deploymentId }) => ({ id: deploymentId })),
  "deployments.restore": refused(({ deploymentId }) => ({ id: deploymentId })),
  "deployments.revisions": refused(({ deploymentId }) => ({ id: deploymentId })),
  "deployments.setEnabled": refused(({ deploymentId }) => ({ id: deploymentId, enabled: false })),
  "deployments.update": refused((of) => ({ id: of.deploymentId, revision: 1, draft: deploymentDraft(of) })),
  "emails.get": refused(({ emailId }) => ({ emailId })),
  "emails.list": hidden(),
  "emails.sendTest": refused(({ tenantId }) => ({ tenantId, recipient: "someone@example.test" })),
  "enrollmentKeys.create": refused(({ tenantId }) => ({ tenantId, label: "mine" })),
  "enrollmentKeys.list": refused(() => ({})),
  "enrollmentKeys.revoke": refused(({ keyId }) => ({ id: keyId })),
  "enrollmentKeys.revokeAgent": refused(({ agentId }) => ({ agentId })),
  "items.get": shared(({ softwareId }) => ({ id: softwareId })),
  "items.list": shared(() => ({})),
  "items.options": shared(() => ({})),
  "people.create": refused(({ tenantId }) => ({ tenantId, upn: "new@example.test", displayName: "New" })),
  "people.get": refused(({ personId }) => ({ id: personId })),
  "people.list": hidden(),
  "people.update": refused(({ personId }) => ({ id: personId, displayName: "Taken" })),
  "schedules.create": refused((of) => ({ draft: scheduleDraft(of) })),
  "schedules.duplicate": refused(({ scheduleId }) => ({ id: scheduleId })),
  "schedules.get": refused(({ scheduleId }) => ({ id: scheduleId })),
  "schedules.list": hidden(),
  "schedules.previewTarget": refused(({ tenantId }) => ({ target: target(tenantId) })),
  "schedules.previewTimes": refused(({ tenantId }) => ({
    recurrenceKind: "rrule",
    recurrence: "FREQ=DAILY",
    detectionTime: "20:00",
    timeZone: null,
    tenantId,
  })),
  "schedules.remove": refused(({ scheduleId }) => ({ id: scheduleId })),
  "schedules.restore": refused(({ scheduleId }) => ({ id: scheduleId })),
  "schedules.setEnabled": refused(({ scheduleId }) => ({ id: scheduleId, enabled: false })),
  "schedules.upcoming": hidden(),
  "schedules.update": refused((of, world) => ({
    id: of.scheduleId,
    updatedAt: world.clock.now(),
    draft: scheduleDraft(of),
  })),
  "scripts.get": shared(({ scriptId }) => ({ id: scriptId })),
  "scripts.list": shared(() => ({})),
  "scripts.versions": shared(({ scriptId }) => ({ id: scriptId })),
  "search.everything": hidden(({ tenantId }) => ({ query: String(tenantId) })),
  "session.me": hidden(),
  "sessions.cancel": refused(({ sessionId }) => ({ sessionId })),
  "sessions.get": refused(({ sessionId }) => ({ id: sessionId })),
  "sessions.list": hidden(),
  "sessions.output": refused(({ sessionId }) => ({ id: sessionId })),
  "sessions.postpone": refused(({ sessionId }) => ({ sessionId, to: "1h" })),
  "sessions.rerunAction": refused(({ actionId }) => ({ actionId })),
  "sessions.runNow": refused(({ sessionId }) => ({ sessionId })),
  "sessions.start": refused(({ computerId }) => ({ computerId, kind: "full" })),
  "sessions.startMany": hidden(({ computerId }) => ({ computers: { ids: [computerId] }, kind: "full" })),
  "system.about": hidden(),
  "system.resume": refused(() => undefined),
  "system.status": shared(() => undefined),
  "system.stopAll": refused(() => undefined),
  "tags.assign": refused(({ tagId, computerId }) => ({
    id: tagId,
    holder: "computer",
    holderIds: [computerId],
    assigned: true,
  })),
  "tags.create": refused(({ tenantId }) => ({ name: "new", tenantId })),
  "tags.list": hidden(),
  "tags.remove": refused(({ tagId }) => ({ id: tagId })),
  "tenants.archive": refused(({ tenantId }) => ({ id: tenantId, confirmedName: "Contoso" })),
  "tenants.create": refused(({ tenantId }) => ({ parentId: tenantId, name: "Site", timeZone: "UTC" })),
  "tenants.get": refused(({ tenantId }) => ({ id: tenantId })),
  "tenants.list": hidden(),
  "tenants.options": hidden(),
  "tenants.update": refused(({ tenantId }) => ({ id: tenantId, name: "Taken" })),
  "users.list": hidden(),
  "users.setAccess": refused(() => ({ id: 1, role: "msp-reader", tenantId: null, disabled: false })),
};

type Procedures = Record<string, { _def: { meta?: { permission?: Permission }; type: string } }>;
const procedures = appRouter._def.procedures as unknown as Procedures;
const paths = Object.keys(procedures).sort();
const permissionOf = (path: string) => procedures[path]?._def.meta?.permission;

describe("access", () => {
  let world: World;
  let contoso: Furniture;
  const actors: Record<string, Actor> = {};

  beforeAll(async () => {
    world = await createWorld({ keep: true });
    contoso = await furnish(world, world.contosoId);
    await furnish(world, world.fabrikamId);
    for (const role of ["msp-admin", "msp-technician", "msp-reader"] as const) actors[role] = await world.actor(role);
    actors["tenant-admin"] = await world.actor("tenant-admin", world.fabrikamId);
    actors["tenant-reader"] = await world.actor("tenant-reader", world.fabrikamId);
    await world.as(await world.actor("msp-admin")).tenants.update({ id: world.contosoId, optsOutOfCrossTenant: false });
  });
  afterAll(() => world.database.close());

  /** Calls a procedure by its path; the answer, or the code of the refusal. */
  async function call(path: string, actor: Actor | null) {
    const caller = createAppCaller(createContextInner({ runtime: world.runtime, actor, address: null }));
    const [group = "", name = ""] = path.split(".");
    const procedure = (caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[
      group
    ]?.[name];
    try {
      return { answer: await procedure?.(cases[path]?.input(contoso, world)) };
    } catch (error) {
      if (error instanceof TRPCError) return { code: error.code, message: error.message };
      throw error;
    }
  }

  /** Everything in the database that a call could have changed. */
  const fingerprint = async () => {
    const tables = await rows<{ name: string }>(
      world.database.db,
      sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    );
    const states = [];
    for (const { name } of tables) {
      states.push(
        await rows(
          world.database.db,
          sql`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as h, ${name} as t from ${sql.identifier(name)} t`,
        ),
      );
    }
    return JSON.stringify(states);
  };

  it("covers every procedure there is, and each of them declares its scope", () => {
    expect(Object.keys(cases).sort()).toEqual(paths);
    expect(paths.filter((path) => permissionOf(path) === undefined)).toEqual([]);
    expect(paths.filter((path) => procedures[path]?._def.type === "mutation" && permissionOf(path) === "read")).toEqual(
      [],
    );
  });

  it.each(paths)("%s: nobody who is not signed in", async (path) => {
    expect(await call(path, null)).toMatchObject({ code: "UNAUTHORIZED" });
  });

  it.each(paths.filter((path) => permissionOf(path) !== "read"))("%s: no reader", async (path) => {
    const before = await fingerprint();
    expect(await call(path, actors["msp-reader"] ?? null)).toMatchObject({ code: "FORBIDDEN" });
    expect(await call(path, actors["tenant-reader"] ?? null)).toMatchObject({ code: "FORBIDDEN" });
    expect(await fingerprint()).toBe(before);
  });

  it.each(paths.filter((path) => permissionOf(path) === "administer"))("%s: no technician", async (path) => {
    expect(await call(path, actors["msp-technician"] ?? null)).toMatchObject({ code: "FORBIDDEN" });
  });

  it.each(paths.filter((path) => cases[path]?.others === "refused"))(
    "%s: refused to another tenant's people, and changes nothing",
    async (path) => {
      const before = await fingerprint();
      const { code } = (await call(path, actors["tenant-admin"] ?? null)) as { code?: string };
      expect(["NOT_FOUND", "FORBIDDEN"]).toContain(code);
      expect(await fingerprint()).toBe(before);
    },
  );

  it.each(paths.filter((path) => cases[path]?.others === "hidden"))(
    "%s: shows nothing of another tenant, and changes nothing",
    async (path) => {
      const before = await fingerprint();
      const { answer } = (await call(path, actors["tenant-admin"] ?? null)) as { answer: unknown };
      expect(answer).toBeDefined();
      const text = JSON.stringify(answer);
      for (const trace of [
        `machine-${contoso.tenantId}`,
        `person-${contoso.tenantId}`,
        "Contoso",
        `tag-${contoso.tenantId}`,
        `schedule-${contoso.tenantId}`,
        contoso.emailId,
      ]) {
        expect(text).not.toContain(trace);
      }
      expect(await fingerprint()).toBe(before);
    },
  );

  it.each(paths.filter((path) => procedures[path]?._def.type === "query"))(
    "%s: answers an administrator",
    async (path) => {
      expect(await call(path, actors["msp-admin"] ?? null)).toHaveProperty("answer");
    },
  );
});
