import { eq } from "drizzle-orm";
import { z } from "zod";
import { tenants, users } from "@/db/schema";
import { authorize, grantedPermissions } from "../authorize";
import { notFound } from "../errors";
import { type Call, parseInput } from "../parse";

export const getSignedInInput = z.strictObject({}).optional();

/** Who is signed in, and what they may do. */
export async function getSignedIn({ ctx, input: raw }: Call<typeof getSignedInInput>) {
  authorize(ctx, "read");
  parseInput(getSignedInInput, raw);
  if (ctx.actor.kind !== "user") throw notFound("A signed-in user");
  const [user] = await ctx.db
    .select({
      userId: users.id,
      name: users.displayName,
      email: users.email,
      role: users.role,
      tenantId: users.tenantId,
      tenantName: tenants.name,
      lastSignInAt: users.lastSignInAt,
    })
    .from(users)
    .leftJoin(tenants, eq(tenants.id, users.tenantId))
    .where(eq(users.id, ctx.actor.userId));
  if (!user) throw notFound("Your user");
  return { ...user, permissions: grantedPermissions(user.role) };
}
