import { and, eq } from "drizzle-orm";
import { computers } from "@/db/schema";
import { inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";

/** The row of a computer that the actor may see; refuses any other like one that does not exist. */
export async function requireComputer(ctx: ServiceContext, id: number): Promise<typeof computers.$inferSelect> {
  const [computer] = await ctx.db
    .select()
    .from(computers)
    .where(and(eq(computers.id, id), inVisibleTenants(ctx, computers.tenantId)));
  if (!computer) throw notFound("That computer");
  return computer;
}
