import { desc, isNull, sql } from "drizzle-orm";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import { z } from "zod";
import { signingKeys } from "@/db/schema";
import type { EnrollResponse } from "@/server/agents/wire";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { withTransaction } from "../transaction";

const publicJwk = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });
const privateJwk = publicJwk.extend({ d: z.string() });

export interface SigningKey {
  readonly keyId: string;
  readonly publicJwk: z.infer<typeof publicJwk>;
  readonly privateJwk: z.infer<typeof privateJwk>;
}

/**
 * The keys that sign jobs, the one in use first. The first call on an installation makes one; of several at once only
 * one does. Private halves leave the database decrypted: never log or send them.
 */
export async function loadSigningKeys(ctx: ServiceContext): Promise<[SigningKey, ...SigningKey[]]> {
  authorizeSystem(ctx);
  const [first, ...others] = await readKeys(ctx);
  if (first) return [first, ...others];
  return withTransaction(ctx, async (tx) => {
    await tx.db
      .select({ locked: sql`pg_advisory_xact_lock(hashtextextended('signing-keys', 0))` })
      .from(sql`(select 1) as one`);
    const [made, ...rest] = await readKeys(tx);
    if (made) return [made, ...rest];
    const key = await makeKey();
    await tx.db.insert(signingKeys).values({
      keyId: key.keyId,
      publicJwk: key.publicJwk,
      privateJwkEncrypted: tx.secrets.encrypt(JSON.stringify(key.privateJwk)),
      createdAt: tx.clock.now(),
    });
    await audit(tx, {
      action: "signing-key.create",
      entity: "signing-key",
      entityId: key.keyId,
      tenantId: null,
      before: null,
      after: { publicJwk: key.publicJwk },
    });
    return [key];
  });
}

/** What an agent pins when it enrols. */
export function publicSigningKeys(keys: readonly SigningKey[]): EnrollResponse["signingKeys"] {
  return keys.map((key) => ({ keyId: key.keyId, algorithm: "EdDSA", jwk: key.publicJwk }));
}

async function readKeys(ctx: ServiceContext): Promise<SigningKey[]> {
  const found = await ctx.db
    .select()
    .from(signingKeys)
    .where(isNull(signingKeys.retiredAt))
    .orderBy(desc(signingKeys.createdAt), signingKeys.keyId)
    .limit(5);
  return found.map((row) => ({
    keyId: row.keyId,
    publicJwk: publicJwk.parse(row.publicJwk),
    privateJwk: privateJwk.parse(JSON.parse(ctx.secrets.decrypt(row.privateJwkEncrypted))),
  }));
}

async function makeKey(): Promise<SigningKey> {
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const privateHalf = privateJwk.parse(await exportJWK(pair.privateKey));
  const publicHalf = publicJwk.parse(await exportJWK(pair.publicKey));
  return { keyId: await calculateJwkThumbprint(publicHalf), publicJwk: publicHalf, privateJwk: privateHalf };
}
