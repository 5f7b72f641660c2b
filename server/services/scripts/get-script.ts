import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { scripts, scriptVersions, users } from "@/db/schema";
import { authorize } from "../authorize";
import { notFound } from "../errors";
import { type Call, parseInput } from "../parse";

export const getScriptInput = z.strictObject({
  id: z.number().int().positive(),
  /** Its current version where none is named. */
  version: z.number().int().positive().optional(),
});

/** A script with the body of one version. */
export async function getScript({ ctx, input: raw }: Call<typeof getScriptInput>) {
  authorize(ctx, "read");
  const { id, version } = parseInput(getScriptInput, raw);
  const [found] = await ctx.db
    .select({ script: scripts, version: scriptVersions, createdByName: users.displayName })
    .from(scripts)
    .innerJoin(
      scriptVersions,
      and(eq(scriptVersions.scriptId, scripts.id), eq(scriptVersions.number, version ?? scripts.currentVersion)),
    )
    .leftJoin(users, eq(users.id, scriptVersions.createdBy))
    .where(and(eq(scripts.id, id), isNull(scripts.deletedAt)));
  if (!found) throw notFound("That script or that version of it");
  return { ...found.script, version: { ...found.version, createdByName: found.createdByName } };
}
