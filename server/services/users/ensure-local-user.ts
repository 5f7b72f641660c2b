import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { LOCAL_IDENTITY } from "./local-sign-in";

export const ensureLocalUserInput = z.strictObject({
  displayName: z.string().trim().min(1).max(120).default("Local administrator"),
});

/** Makes the user of local sign-in, an MSP administrator. Doing it again does nothing and gives the same id. */
export async function ensureLocalUser({
  ctx,
  input: raw,
}: Call<typeof ensureLocalUserInput>): Promise<{ userId: number }> {
  authorizeSystem(ctx);
  const { displayName } = parseInput(ensureLocalUserInput, raw);
  return withTransaction(ctx, async (tx) => {
    const [made] = await tx.db
      .insert(users)
      .values({ ...LOCAL_IDENTITY, displayName, role: "msp-admin", createdAt: tx.clock.now() })
      .onConflictDoNothing()
      .returning();
    if (made) {
      await audit(tx, {
        action: "user.create",
        entity: "user",
        entityId: made.id,
        tenantId: null,
        before: null,
        after: made,
      });
      return { userId: made.id };
    }
    const [known] = await tx.db
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.tid, LOCAL_IDENTITY.tid), eq(users.oid, LOCAL_IDENTITY.oid)));
    if (!known) throw new Error("The local user was neither made nor found");
    return { userId: known.id };
  });
}
