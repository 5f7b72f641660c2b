import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { scripts, scriptVersions } from "@/db/schema";
import { authorize } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";

export const listScriptsInput = listInput(["name", "createdAt"], {
  origin: z.enum(["global", "mine"]).optional(),
  language: z.enum(["bash", "powershell", "javascript"]).optional(),
});

/** Scripts with what their current version is. */
export async function listScripts({ ctx, input: raw }: Call<typeof listScriptsInput>) {
  authorize(ctx, "read");
  const input = parseInput(listScriptsInput, raw);
  const paging = startPaging(input, { name: scripts.name, createdAt: scripts.createdAt }, scripts.id, {
    by: "name",
    descending: false,
  });
  const current = and(eq(scriptVersions.scriptId, scripts.id), eq(scriptVersions.number, scripts.currentVersion));
  const filter = and(
    isNull(scripts.deletedAt),
    input.origin === undefined ? undefined : eq(scripts.origin, input.origin),
    input.language === undefined ? undefined : eq(scriptVersions.language, input.language),
    matchesSearch(input.search, scripts.name, scripts.description, scripts.slug),
  );
  const rows = await ctx.db
    .select({
      id: scripts.id,
      origin: scripts.origin,
      slug: scripts.slug,
      name: scripts.name,
      description: scripts.description,
      currentVersion: scripts.currentVersion,
      language: scriptVersions.language,
      context: scriptVersions.context,
      timeoutSeconds: scriptVersions.timeoutSeconds,
      requiresElevation: scriptVersions.requiresElevation,
      changedAt: scriptVersions.createdAt,
      pageKey: paging.pageKey,
    })
    .from(scripts)
    .innerJoin(scriptVersions, current)
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(scripts)
    .innerJoin(scriptVersions, current)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
