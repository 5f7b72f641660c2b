import { randomBytes } from "node:crypto";
import { z } from "zod";
import { enrollmentKeys } from "@/db/schema";
import { hashToken } from "@/server/ports/secrets";
import { audit } from "../audit";
import { authorize, authorizeTenant } from "../authorize";
import type { ServiceContext } from "../context";
import { ServiceError } from "../errors";
import { parseInput } from "../parse";
import { withTransaction } from "../transaction";

const input = z.strictObject({
  tenantId: z.number().int(),
  /** What it is for: "Contoso imaging". */
  label: z.string().trim().min(1).max(100),
  expiresAt: z.date().nullish(),
});

export interface CreatedEnrollmentKey {
  readonly id: number;
  /** Shown this once; only its hash is kept. */
  readonly key: string;
}

/** Makes a key with which machines enrol at a tenant. */
export async function createEnrollmentKey({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.input<typeof input>;
}): Promise<CreatedEnrollmentKey> {
  authorize(ctx, "administer");
  const { tenantId, label, expiresAt = null } = parseInput(input, raw);
  await authorizeTenant(ctx, tenantId);
  const now = ctx.clock.now();
  if (expiresAt !== null && expiresAt <= now) {
    throw new ServiceError("bad-input", "The key would have expired already.", { expiresAt: "is in the past" });
  }
  const key = `ek_${randomBytes(32).toString("base64url")}`;
  return withTransaction(ctx, async (tx) => {
    const [made] = await tx.db
      .insert(enrollmentKeys)
      .values({
        tenantId,
        label,
        keyHash: hashToken(key),
        createdBy: tx.actor.kind === "user" ? tx.actor.userId : null,
        createdAt: now,
        expiresAt,
      })
      .returning({ id: enrollmentKeys.id });
    if (!made) throw new Error("The insert gave no row back");
    await audit(tx, {
      action: "enrollment-key.create",
      entity: "enrollment-key",
      entityId: made.id,
      tenantId,
      before: null,
      after: { label, expiresAt },
    });
    return { id: made.id, key };
  });
}
