import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema";
import { authorizeSystem } from "../authorize";
import type { Actor } from "../context";
import { type Call, parseInput } from "../parse";

export const loadActorInput = z.strictObject({ userId: z.number().int().positive() });

/** What a signed-in user may do now. Null for one who is gone or disabled: they are out from their next request on. */
export async function loadActor({ ctx, input: raw }: Call<typeof loadActorInput>): Promise<Actor | null> {
  authorizeSystem(ctx);
  const { userId } = parseInput(loadActorInput, raw);
  const [user] = await ctx.db
    .select({ id: users.id, tid: users.tid, name: users.displayName, role: users.role, tenantId: users.tenantId })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)));
  if (!user) return null;
  // A tenant role without a tenant would see everything; it sees nothing.
  if (user.role.startsWith("tenant-") && user.tenantId === null) return null;
  return {
    kind: "user",
    userId: user.id,
    name: user.name,
    role: user.role,
    tenantId: user.role.startsWith("tenant-") ? user.tenantId : null,
  };
}
