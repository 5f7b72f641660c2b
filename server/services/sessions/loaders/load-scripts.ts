import { and, eq, inArray } from "drizzle-orm";
import { scripts, scriptVersions } from "@/db/schema";
import type { ServiceContext } from "../../context";

export type LoadedScript = typeof scriptVersions.$inferSelect & { readonly name: string };

/** The current versions of scripts by script id; deleted ones too, for what still refers to them. */
export async function loadScripts(
  ctx: ServiceContext,
  scriptIds: Iterable<number>,
): Promise<Map<number, LoadedScript>> {
  const ids = [...new Set(scriptIds)];
  if (ids.length === 0) return new Map();
  const found = await ctx.db
    .select({ version: scriptVersions, name: scripts.name })
    .from(scripts)
    .innerJoin(
      scriptVersions,
      and(eq(scriptVersions.scriptId, scripts.id), eq(scriptVersions.number, scripts.currentVersion)),
    )
    .where(inArray(scripts.id, ids));
  return new Map(found.map(({ version, name }) => [version.scriptId, { ...version, name }]));
}
