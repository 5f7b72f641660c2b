import { z } from "zod";
import { settings } from "@/db/schema";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { hashPassword, LOCAL_SIGN_IN } from "./local-sign-in";

export const setLocalPasswordInput = z.strictObject({
  password: z.string().min(12, "needs at least 12 characters").max(200),
});

/** Sets the password of local sign-in; only its hash is kept. */
export async function setLocalPassword({ ctx, input: raw }: Call<typeof setLocalPasswordInput>): Promise<void> {
  authorizeSystem(ctx);
  const { password } = parseInput(setLocalPasswordInput, raw);
  const value = await hashPassword(password);
  await withTransaction(ctx, async (tx) => {
    const updatedAt = tx.clock.now();
    await tx.db
      .insert(settings)
      .values({ key: LOCAL_SIGN_IN, value, updatedAt })
      .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt } });
    await audit(tx, {
      action: "user.set-local-password",
      entity: "user",
      entityId: "local",
      tenantId: null,
      before: null,
      after: null,
    });
  });
}
