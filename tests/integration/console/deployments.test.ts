import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { deployments, detections } from "@/db/schema";
import { createWorld, type World } from "./world";

type Draft = Parameters<ReturnType<World["as"]>["deployments"]["create"]>[0]["draft"];
const wholeTenant = (tenantId: number) =>
  ({ scope: "tenant", targetType: "all", targetTenantId: tenantId, deviceClass: "any" }) as const;

async function scene() {
  const world = await createWorld();
  const admin = world.as(await world.actor("msp-admin"));
  const jq = await world.addSoftware("jq");
  const draft: Draft = { itemId: jq, desiredState: "installed-latest", target: wholeTenant(world.contosoId) };
  return { world, admin, jq, draft };
}

describe("deployments", () => {
  it("are saved with a key, a first revision and an entry in the audit log", async () => {
    const { world, admin, draft } = await scene();
    const { id } = await admin.deployments.create({ draft });
    const saved = await admin.deployments.get({ id });
    expect(saved).toMatchObject({ revision: 1, enabled: true, origin: "mine", targetTenantName: "Contoso" });
    expect(saved.sentence).toMatch(/Contoso.*jq/);
    expect((await admin.deployments.revisions({ id })).map((row) => row.revision)).toEqual([1]);
    const log = await admin.audit.list({ entity: "deployment", entityId: String(id) });
    expect(log.rows).toMatchObject([{ action: "deployment.create", before: null, tenantId: world.contosoId }]);
    expect(await admin.audit.verifyChain({})).toMatchObject({ problems: [] });
  });

  it("refuse to say twice what another one says", async () => {
    const { admin, draft } = await scene();
    const { id } = await admin.deployments.create({ draft });
    await expect(admin.deployments.create({ draft })).rejects.toThrow(`#${id} says exactly this already`);
    await admin.deployments.create({ draft: { ...draft, desiredState: "uninstalled" } });
    await admin.deployments.remove({ id });
    await admin.deployments.create({ draft });
  });

  it("are not saved over what someone else saved meanwhile", async () => {
    const { admin, draft } = await scene();
    const { id } = await admin.deployments.create({ draft });
    const changed = { ...draft, note: "mine" };
    await admin.deployments.update({ id, revision: 1, draft: changed });
    await expect(admin.deployments.update({ id, revision: 1, draft })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await admin.deployments.get({ id })).toMatchObject({ note: "mine", revision: 2 });
  });

  it("come back disabled when they are restored", async () => {
    const { admin, draft } = await scene();
    const { id } = await admin.deployments.create({ draft });
    await admin.deployments.remove({ id });
    expect((await admin.deployments.list({})).total).toBe(0);
    expect((await admin.deployments.list({ deleted: true })).total).toBe(1);
    await admin.deployments.restore({ id });
    expect(await admin.deployments.get({ id })).toMatchObject({ enabled: false, deletedAt: null, revision: 3 });
  });

  it("above ten computers want to be confirmed with at least as many as there are", async () => {
    const { world, admin, draft } = await scene();
    for (let n = 0; n < 11; n += 1) await world.addComputer(world.contosoId, `pc-${n}`);
    await expect(admin.deployments.create({ draft })).rejects.toThrow(/reaches 11 computers/);
    await expect(admin.deployments.create({ draft, confirmedComputerCount: 10 })).rejects.toThrow(/11 computers/);
    await admin.deployments.create({ draft, confirmedComputerCount: 11 });
  });

  it("are not saved on a preview that is out of date", async () => {
    const { admin, draft } = await scene();
    const { fingerprint } = await admin.deployments.preview({ draft });
    await admin.deployments.create({ draft: { ...draft, desiredState: "uninstalled" } });
    await expect(admin.deployments.create({ draft, previewFingerprint: fingerprint })).rejects.toThrow(/changed since/);
    const again = await admin.deployments.preview({ draft });
    await admin.deployments.create({ draft, previewFingerprint: again.fingerprint });
  });

  it.each<[string, (draft: Draft) => unknown, string]>([
    [
      "a specific version without a version",
      (draft) => ({ ...draft, desiredState: "installed-specific" }),
      "draft.version",
    ],
    ["a version that is not asked for", (draft) => ({ ...draft, version: "1.2" }), "draft.version"],
    ["a task's state for a software", (draft) => ({ ...draft, desiredState: "enforce" }), "desiredState"],
    [
      "a tenant with a person's id",
      (draft) => ({ ...draft, target: { ...draft.target, targetId: 1 } }),
      "draft.target.targetId",
    ],
    [
      "a tag that does not exist",
      (draft) => ({ ...draft, target: { ...draft.target, targetType: "tag", targetId: 99 } }),
      "targetId",
    ],
    [
      "an agreement type at one tenant",
      (draft) => ({ ...draft, target: { ...draft.target, targetType: "psa-product", targetName: "x" } }),
      "draft.target.targetType",
    ],
    [
      "a parameter that the item has not",
      (draft) => ({ ...draft, parameters: { colour: "red" } }),
      "parameters.colour",
    ],
  ])("refuse %s, naming the field, and change nothing", async (_, broken, field) => {
    const { world, admin, draft } = await scene();
    const input = { draft: broken(draft) } as Parameters<typeof admin.deployments.create>[0];
    const refusal = await admin.deployments.create(input).catch((error: unknown) => error);
    expect(JSON.stringify(fieldsOf(refusal))).toContain(field);
    expect(await world.database.db.select().from(deployments)).toEqual([]);
  });

  it("keep secret parameters encrypted and never show them", async () => {
    const { world, admin } = await scene();
    const task = await world.addTask("join domain", {
      parameters: [
        { name: "user", type: "text", label: "User", help: "", required: true, secret: false },
        { name: "password", type: "text", label: "Password", help: "", required: true, secret: true },
      ],
    });
    const draft: Draft = {
      itemId: task,
      desiredState: "enforce",
      target: wholeTenant(world.contosoId),
      parameters: { user: "joe", password: "hunter2" },
    };
    const { id } = await admin.deployments.create({ draft });
    const shown = await admin.deployments.get({ id });
    expect(shown.parameters).toEqual({ user: "joe", password: "••••••••" });
    await admin.deployments.update({
      id,
      revision: 1,
      draft: { ...draft, parameters: { ...shown.parameters, user: "jane" } },
    });
    const [row] = await world.database.db.select().from(deployments).where(eq(deployments.id, id));
    const sealed = String(row?.parameters.password);
    expect(world.runtime.secrets.decrypt(sealed)).toBe('"hunter2"');
    const everything = JSON.stringify([await admin.audit.list({}), await admin.deployments.revisions({ id })]);
    expect(everything).not.toContain("hunter2");
  });
});

describe("the preview of a deployment", () => {
  it("says what it reaches, what happens next and whom it beats, before anything is saved", async () => {
    const { world, admin, jq } = await scene();
    const { db } = world.database;
    const missing = await world.addComputer(world.contosoId, "missing");
    const old = await world.addComputer(world.contosoId, "old");
    const current = await world.addComputer(world.contosoId, "current");
    await world.addComputer(world.contosoId, "unseen");
    const pinned = await world.addComputer(world.contosoId, "pinned");
    await world.addComputer(world.contosoId, "windows", { osFamily: "windows", packageManagers: [] });
    await world.addComputer(world.fabrikamId, "elsewhere");
    const known = (computerId: number, version: string | null) => ({
      computerId,
      itemId: jq,
      version,
      availableVersion: "1.7.1",
      detectedAt: world.clock.now(),
    });
    await db
      .insert(detections)
      .values([known(missing, null), known(old, "1.6"), known(current, "1.7.1"), known(pinned, "1.7.1")]);
    const wide = await world.addDeployment(
      jq,
      { scope: "cross-tenant", deviceClass: "any" },
      { desiredState: "ignored" },
    );
    const exception = await world.addDeployment(
      jq,
      { scope: "individual", targetType: "computer", targetId: pinned },
      { desiredState: "uninstalled" },
    );
    const draft: Draft = { itemId: jq, desiredState: "installed-latest", target: wholeTenant(world.contosoId) };
    const preview = await admin.deployments.preview({ draft });
    expect(preview).toMatchObject({
      reachedCount: 6,
      winsCount: 5,
      changesCount: 5,
      needsConfirmation: false,
      beats: [{ deploymentId: wide, rule: "scope", computerCount: 5 }],
      losesTo: [{ deploymentId: exception, rule: "scope", computerCount: 1 }],
      byTenant: [{ tenantId: world.contosoId, reachedCount: 6 }],
    });
    const rows = preview.rows.map((row) => [row.computerName, row.wins, row.next]);
    expect(rows).toEqual([
      ["current", true, "none"],
      ["missing", true, "install"],
      ["old", true, "update"],
      ["pinned", false, "uninstall"],
      ["unseen", true, "unknown"],
      ["windows", true, expect.anything()],
    ]);
    expect(preview.warnings.map((warning) => [warning.kind, warning.deploymentId])).toEqual([
      ["partly-shadowed", null],
      ["contradicts", exception],
    ]);
    expect(await db.select().from(deployments)).toHaveLength(2);
    const second = await admin.deployments.preview({ draft, next: ["install", "update"], limit: 1, offset: 1 });
    expect(second).toMatchObject({ total: 2, rows: [{ computerName: "old" }] });
  });

  it("shows the computers that an edited deployment leaves", async () => {
    const { world, admin, jq } = await scene();
    await world.addComputer(world.contosoId, "left-behind");
    await world.addComputer(world.fabrikamId, "newly-reached");
    const id = await world.addDeployment(jq, { targetTenantId: world.contosoId });
    const draft: Draft = { itemId: jq, desiredState: "installed-latest", target: wholeTenant(world.fabrikamId) };
    const preview = await admin.deployments.preview({ draft, id });
    expect(preview.rows.map((row) => [row.computerName, row.reached, row.changesWinner])).toEqual([
      ["left-behind", false, true],
      ["newly-reached", true, true],
    ]);
    expect(preview.reachedCount).toBe(1);
  });

  it("says when a deployment reaches nobody, decides nowhere, or is not yet to take part", async () => {
    const { world, admin, draft, jq } = await scene();
    const kinds = async (more: Partial<Draft>) =>
      (await admin.deployments.preview({ draft: { ...draft, ...more } })).warnings.map((warning) => warning.kind);
    expect(await kinds({ enabled: false })).toEqual(["never-applies", "not-now"]);
    const only = await world.addComputer(world.contosoId, "only");
    await world.addDeployment(jq, { scope: "individual", targetType: "computer", targetId: only });
    expect(await kinds({})).toEqual(["shadowed"]);
  });

  it("agrees with what the computer's own page says once it is saved", async () => {
    const { world, admin, jq, draft } = await scene();
    const computerId = await world.addComputer(world.contosoId, "one");
    const loser = await world.addDeployment(jq, { scope: "cross-tenant" }, { desiredState: "uninstalled" });
    const elsewhere = await world.addDeployment(jq, { targetTenantId: world.fabrikamId });
    const off = await world.addDeployment(jq, { targetTenantId: world.contosoId, deviceClass: "servers" });
    const preview = await admin.deployments.preview({ draft });
    const { id } = await admin.deployments.create({ draft });
    const { items } = await admin.computers.deployments({ id: computerId });
    expect(preview.rows).toMatchObject([{ computerId, wins: true }]);
    expect(items).toMatchObject([
      {
        itemName: "jq",
        winner: { id },
        losers: [{ deployment: { id: loser }, rule: "scope" }],
        notApplied: [{ deployment: { id: off }, condition: "device-class" }],
      },
    ]);
    expect(JSON.stringify(items)).not.toContain(`"id":${elsewhere},`);
  });
});

function fieldsOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== "object" || cause === null) return {};
  if ("fields" in cause) return cause.fields;
  return "issues" in cause && Array.isArray(cause.issues)
    ? cause.issues.map((issue: { path: string[] }) => issue.path.join("."))
    : {};
}
