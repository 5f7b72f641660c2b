import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { settings, users } from "@/db/schema";
import { ensureLocalUser } from "@/server/services/users/ensure-local-user";
import { loadActor } from "@/server/services/users/load-actor";
import { setLocalPassword } from "@/server/services/users/set-local-password";
import { signInLocally } from "@/server/services/users/sign-in-locally";
import { signInWithEntra } from "@/server/services/users/sign-in-with-entra";
import { createWorld, one } from "./world";

const TID = "11111111-2222-3333-4444-555555555555";
const person = (n: number, more: object = {}) => ({
  tid: TID,
  oid: `00000000-0000-0000-0000-00000000000${n}`,
  name: `Person ${n}`,
  preferred_username: `person${n}@example.test`,
  ...more,
});

async function scene() {
  const world = await createWorld();
  const ctx = world.runtime.systemContext("sign-in");
  const enter = (claims: unknown, more: { allowedTenantIds?: string[]; administrators?: string[] } = {}) =>
    signInWithEntra({
      ctx,
      input: { claims, allowedTenantIds: [TID], administrators: ["Person1@example.test"], ...more },
    });
  return { world, ctx, enter, db: world.database.db };
}

describe("signing in with Entra ID", () => {
  it("makes the first of the named administrators one, and nobody else", async () => {
    const { enter, ctx, db } = await scene();
    await expect(enter(person(2))).rejects.toMatchObject({ fields: { refusal: "no-access" } });
    const { userId } = await enter(person(1));
    expect(await loadActor({ ctx, input: { userId } })).toMatchObject({ role: "msp-admin", tenantId: null });
    await expect(
      enter(person(3), { administrators: ["person1@example.test", "person3@example.test"] }),
    ).rejects.toMatchObject({ fields: { refusal: "no-access" } });
    expect((await db.select().from(users)).filter((user) => user.disabledAt === null)).toHaveLength(1);
  });

  it("lets someone new in once an administrator has, and out again from their next request on", async () => {
    const { world, enter, ctx, db } = await scene();
    await expect(enter(person(2))).rejects.toThrow(/administrator has to let you in/);
    const { id } = one(
      await db
        .select()
        .from(users)
        .where(eq(users.oid, person(2).oid)),
    );
    const admin = world.as(await world.actor("msp-admin"));
    await admin.users.setAccess({ id, role: "tenant-reader", tenantId: world.contosoId, disabled: false });
    const { userId } = await enter(person(2));
    expect(await loadActor({ ctx, input: { userId } })).toMatchObject({
      role: "tenant-reader",
      tenantId: world.contosoId,
    });
    await admin.users.setAccess({ id, role: "tenant-reader", tenantId: world.contosoId, disabled: true });
    expect(await loadActor({ ctx, input: { userId } })).toBeNull();
    await expect(enter(person(2))).rejects.toMatchObject({ fields: { refusal: "disabled" } });
  });

  it("knows people by directory and object, whatever they are called now", async () => {
    const { enter, db } = await scene();
    const first = await enter(person(1));
    const again = await enter(person(1, { name: "Renamed", preferred_username: "new@example.test" }));
    expect(again.userId).toBe(first.userId);
    await expect(enter(person(9, { preferred_username: "person1@example.test" }))).rejects.toThrow();
    expect(one(await db.select().from(users).where(eq(users.id, first.userId)))).toMatchObject({
      displayName: "Renamed",
    });
  });

  it("refuses other directories, and claims that identify nobody, without a trace", async () => {
    const { enter, db } = await scene();
    await expect(enter(person(1, { tid: "99999999-2222-3333-4444-555555555555" }))).rejects.toMatchObject({
      fields: { refusal: "not-allowed" },
    });
    await expect(enter({ sub: "someone" })).rejects.toMatchObject({ code: "bad-input" });
    expect(await db.select().from(users)).toEqual([]);
  });

  it("takes the role that the app registration gives", async () => {
    const { enter, ctx } = await scene();
    const { userId } = await enter(person(4, { roles: ["msp-technician", "something-else"] }));
    expect(await loadActor({ ctx, input: { userId } })).toMatchObject({ role: "msp-technician" });
    await enter(person(4, { roles: ["msp-reader"] }));
    expect(await loadActor({ ctx, input: { userId } })).toMatchObject({ role: "msp-reader" });
  });

  it("never leaves the installation without an administrator", async () => {
    const { world, enter } = await scene();
    const { userId } = await enter(person(1));
    const admin = world.as({ kind: "user", userId, name: "Person 1", role: "msp-admin", tenantId: null });
    for (const change of [
      { role: "msp-reader", disabled: false } as const,
      { role: "msp-admin", disabled: true } as const,
    ]) {
      await expect(admin.users.setAccess({ id: userId, tenantId: null, ...change })).rejects.toThrow(
        /only MSP administrator/,
      );
    }
  });
});

describe("signing in with the local password", () => {
  it("works with the password that was set, kept as a hash only, and with no other", async () => {
    const { ctx, db } = await scene();
    const { userId } = await ensureLocalUser({ ctx, input: {} });
    await expect(signInLocally({ ctx, input: { password: "" } })).rejects.toThrow(/not the password/);
    await setLocalPassword({ ctx, input: { password: "abcd-efgh-jkmn" } });
    expect(await signInLocally({ ctx, input: { password: "abcd-efgh-jkmn" } })).toMatchObject({ userId });
    await expect(signInLocally({ ctx, input: { password: "abcd-efgh-jkmm" } })).rejects.toThrow(/not the password/);
    expect(JSON.stringify(await db.select().from(settings))).not.toContain("abcd-efgh");
    expect(await ensureLocalUser({ ctx, input: {} })).toEqual({ userId });
  });
});
