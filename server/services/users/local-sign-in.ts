import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { settings } from "@/db/schema";
import type { ServiceContext } from "../context";

/** The setting that holds the local password's hash. */
export const LOCAL_SIGN_IN = "local-sign-in";
/** The one local user's key in `users`. */
export const LOCAL_IDENTITY = { tid: "local", oid: "local" } as const;

const storedPassword = z.object({
  algorithm: z.literal("scrypt"),
  cost: z
    .number()
    .int()
    .min(2 ** 14),
  salt: z.string(),
  hash: z.string(),
});
export type StoredPassword = z.infer<typeof storedPassword>;

const COST = 2 ** 16;
const HASH_BYTES = 32;

export async function hashPassword(password: string): Promise<StoredPassword> {
  const salt = randomBytes(16).toString("base64url");
  return { algorithm: "scrypt", cost: COST, salt, hash: (await derive(password, salt, COST)).toString("base64url") };
}

/** Compares in constant time, and takes as long where no password is set. */
export async function isPassword(stored: StoredPassword | null, password: string): Promise<boolean> {
  const known = stored ?? { cost: COST, salt: "none", hash: "" };
  const derived = await derive(password, known.salt, known.cost);
  const expected = Buffer.from(known.hash, "base64url");
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

export async function readPassword(ctx: ServiceContext): Promise<StoredPassword | null> {
  const [setting] = await ctx.db.select().from(settings).where(eq(settings.key, LOCAL_SIGN_IN));
  return setting ? storedPassword.parse(setting.value) : null;
}

function derive(password: string, salt: string, cost: number): Promise<Buffer> {
  const options = { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, HASH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
