import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import { ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { isPassword, LOCAL_IDENTITY, readPassword } from "./local-sign-in";

export const signInLocallyInput = z.strictObject({ password: z.string().max(1_000) });

/**
 * Checks the local password and gives the local user's id. Callers limit how often an address may try.
 * @throws ServiceError unauthenticated
 */
export async function signInLocally({
  ctx,
  input: raw,
}: Call<typeof signInLocallyInput>): Promise<{ userId: number; name: string }> {
  authorizeSystem(ctx);
  const { password } = parseInput(signInLocallyInput, raw);
  if (!(await isPassword(await readPassword(ctx), password))) {
    throw new ServiceError("unauthenticated", "That is not the password.");
  }
  return withTransaction(ctx, async (tx) => {
    const [user] = await tx.db
      .update(users)
      .set({ lastSignInAt: tx.clock.now() })
      .where(and(eq(users.tid, LOCAL_IDENTITY.tid), eq(users.oid, LOCAL_IDENTITY.oid), isNull(users.disabledAt)))
      .returning();
    if (!user) throw new ServiceError("unauthenticated", "The local user is disabled.");
    await audit(tx, {
      action: "user.sign-in",
      entity: "user",
      entityId: user.id,
      tenantId: null,
      before: null,
      after: { how: "local" },
    });
    return { userId: user.id, name: user.displayName };
  });
}
