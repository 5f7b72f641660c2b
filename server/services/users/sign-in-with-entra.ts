import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import type { UserRole } from "../context";
import { ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";

const claimsOfIdToken = z.object({
  tid: z.guid(),
  oid: z.guid(),
  name: z.string().max(200).nullish(),
  preferred_username: z.string().max(320).nullish(),
  roles: z.array(z.string()).nullish(),
});
type Claims = z.infer<typeof claimsOfIdToken>;

export const signInWithEntraInput = z.strictObject({
  /** The claims of a verified id token. */
  claims: z.unknown().pipe(claimsOfIdToken),
  /** Directories whose people may sign in. */
  allowedTenantIds: z.array(z.string()),
  /** Who become the first administrators. */
  administrators: z.array(z.string()),
});

/** App roles of the Entra app registration, by the role they give here. */
const appRoles: readonly UserRole[] = ["msp-admin", "msp-technician", "msp-reader"];

/**
 * Takes what Entra says of a person who signed in and gives their user. They are known by directory and object id;
 * names and addresses can change hands and decide nothing, but once: while Evenkeel has no administrator from Entra,
 * those named in EVENKEEL_ADMINS become one. Someone new is written down as disabled, for an administrator to let in.
 * @throws ServiceError forbidden, with the sentence for the sign-in page
 */
export async function signInWithEntra({
  ctx,
  input: raw,
}: Call<typeof signInWithEntraInput>): Promise<{ userId: number; name: string }> {
  authorizeSystem(ctx);
  const { claims, allowedTenantIds, administrators } = parseInput(signInWithEntraInput, raw);
  if (!allowedTenantIds.some((tid) => tid.toLowerCase() === claims.tid.toLowerCase())) {
    throw new ServiceError("forbidden", "People of your directory may not sign in here.", { refusal: "not-allowed" });
  }
  const refusal = await withTransaction(ctx, async (tx) => {
    const user = (await findUser(tx, claims)) ?? (await createUser(tx, claims, administrators));
    if (user.disabledAt !== null) return user.lastSignInAt === null ? waiting : disabled;
    const role = roleOf(claims);
    const [after] = await tx.db
      .update(users)
      .set({
        displayName: nameOf(claims),
        email: claims.preferred_username ?? user.email,
        lastSignInAt: tx.clock.now(),
        ...(role === null ? {} : { role, tenantId: null }),
      })
      .where(eq(users.id, user.id))
      .returning();
    await audit(tx, {
      action: "user.sign-in",
      entity: "user",
      entityId: user.id,
      tenantId: null,
      before: { role: user.role },
      after: { how: "entra", role: after?.role },
    });
    return { userId: user.id, name: nameOf(claims) };
  });
  // The refused newcomer is kept: the transaction has to end well before the refusal is told.
  if (refusal instanceof ServiceError) throw refusal;
  return refusal;
}

const waiting = new ServiceError(
  "forbidden",
  "You are known now, but an administrator has to let you in. Ask them to look under Settings, Users.",
  { refusal: "no-access" },
);
const disabled = new ServiceError("forbidden", "Your access was taken away. Ask an administrator.", {
  refusal: "disabled",
});

const nameOf = (claims: Claims) => claims.name?.trim() || claims.preferred_username || claims.oid;

/** The highest app role in the token; null where the registration gives none. */
const roleOf = (claims: Claims): UserRole | null => appRoles.find((role) => claims.roles?.includes(role)) ?? null;

async function findUser(tx: TransactionContext, claims: Claims) {
  const [user] = await tx.db
    .select()
    .from(users)
    .where(and(eq(users.tid, claims.tid), eq(users.oid, claims.oid)))
    .for("update");
  return user;
}

async function createUser(tx: TransactionContext, claims: Claims, administrators: readonly string[]) {
  const now = tx.clock.now();
  const role = roleOf(claims) ?? ((await isFirstAdministrator(tx, claims, administrators)) ? "msp-admin" : null);
  const [user] = await tx.db
    .insert(users)
    .values({
      tid: claims.tid,
      oid: claims.oid,
      displayName: nameOf(claims),
      email: claims.preferred_username ?? null,
      role: role ?? "msp-reader",
      createdAt: now,
      disabledAt: role === null ? now : null,
    })
    .returning();
  if (!user) throw new Error("A user was inserted and not returned");
  await audit(tx, {
    action: role === null ? "user.ask-access" : "user.create",
    entity: "user",
    entityId: user.id,
    tenantId: null,
    before: null,
    after: user,
  });
  return user;
}

async function isFirstAdministrator(tx: TransactionContext, claims: Claims, administrators: readonly string[]) {
  const name = claims.preferred_username?.toLowerCase();
  if (name === undefined || !administrators.some((each) => each.toLowerCase() === name)) return false;
  await tx.db
    .select({ locked: sql`pg_advisory_xact_lock(hashtextextended('users/first-administrator', 0))` })
    .from(sql`(select 1) as one`);
  const [existing] = await tx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "msp-admin"), ne(users.tid, "local"), isNull(users.disabledAt)))
    .limit(1);
  return existing === undefined;
}
