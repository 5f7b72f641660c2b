import { randomInt } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { readCatalog } from "@/db/catalog/read-catalog";
import { migrateDatabase } from "@/db/migrate";
import { allowsLocalSignIn } from "@/server/env";
import type { Runtime } from "@/server/runtime";
import { createEnrollmentKey } from "../agents/create-enrollment-key";
import { authorizeSystem } from "../authorize";
import { loadCatalog } from "../catalog/load-catalog";
import { ensureFirstTenants } from "../tenants/ensure-first-tenants";
import { ensureLocalUser } from "../users/ensure-local-user";
import { hasLocalPassword } from "../users/has-local-password";
import { setLocalPassword } from "../users/set-local-password";
import { ensureFirstContact } from "./ensure-first-contact";

/** What the supervisor asks of a start, in EVENKEEL_FIRST_START. */
const wishes = z.object({ newPassword: z.boolean(), enrollmentKey: z.boolean() });

const KEY_LIFETIME_MS = 10 * 60_000;

export interface PreparedInstallation {
  /** Shown once; null when there was one already. */
  readonly password: string | null;
  /** For enrolling the machine that the server runs on; null when not asked for. */
  readonly enrollmentKey: string | null;
}

/**
 * Makes a database ready to serve: newest schema, the catalogue, the MSP and a first customer, a local user while
 * local sign-in is allowed. Everything in it is harmless to repeat.
 */
export async function prepareInstallation(
  runtime: Runtime,
  request: string | undefined = process.env.EVENKEEL_FIRST_START,
): Promise<PreparedInstallation> {
  const asked = wishes.parse(
    request === undefined ? { newPassword: false, enrollmentKey: false } : JSON.parse(request),
  );
  await migrateDatabase(runtime.database, join(process.cwd(), "db", "migrations"));
  const ctx = runtime.systemContext("start");
  authorizeSystem(ctx);
  await loadCatalog({ ctx, input: await readCatalog(join(process.cwd(), "db", "catalog")) });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { customerTenantId } = await ensureFirstTenants({ ctx, input: { timeZone } });
  await ensureFirstContact({ ctx, input: { tenantId: customerTenantId } });

  let password: string | null = null;
  if (allowsLocalSignIn(runtime.env)) {
    await ensureLocalUser({ ctx, input: {} });
    if (asked.newPassword || !(await hasLocalPassword({ ctx, input: {} }))) {
      password = makePassword();
      await setLocalPassword({ ctx, input: { password } });
    }
  }
  let enrollmentKey: string | null = null;
  if (asked.enrollmentKey) {
    const expiresAt = new Date(runtime.clock.now().getTime() + KEY_LIFETIME_MS);
    const made = await createEnrollmentKey({
      ctx,
      input: { tenantId: customerTenantId, label: "This machine, at the first start", expiresAt },
    });
    enrollmentKey = made.key;
  }
  return { password, enrollmentKey };
}

/** Letters that are not mistaken for one another when read from a terminal; 80 bits. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

function makePassword(): string {
  const letters = Array.from({ length: 16 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}
