import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { deployments, detections, itemOrder, items, software, tasks } from "@/db/schema";
import { authorize } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";

export const listItemsInput = listInput(["name", "updatedAt"], {
  kind: z.enum(["software", "task"]).optional(),
  origin: z.enum(["global", "mine"]).optional(),
  osFamily: z.enum(["linux", "windows", "macos"]).optional(),
});

/** Software and tasks. They belong to the MSP, so everybody sees the same ones. */
export async function listItems({ ctx, input: raw }: Call<typeof listItemsInput>) {
  authorize(ctx, "read");
  const input = parseInput(listItemsInput, raw);
  const paging = startPaging(input, { name: items.name, updatedAt: items.updatedAt }, items.id, {
    by: "name",
    descending: false,
  });
  const filter = and(
    isNull(items.deletedAt),
    input.kind === undefined ? undefined : eq(items.kind, input.kind),
    input.origin === undefined ? undefined : eq(items.origin, input.origin),
    input.osFamily === undefined ? undefined : usableOn(input.osFamily),
    matchesSearch(input.search, items.name, items.publisher, items.slug),
  );
  const rows = await ctx.db
    .select({
      id: items.id,
      kind: items.kind,
      origin: items.origin,
      slug: items.slug,
      name: items.name,
      publisher: items.publisher,
      description: items.description,
      platforms: items.platforms,
      triedOn: items.triedOn,
      updatedAt: items.updatedAt,
      versionSource: software.versionSource,
      appliesTo: tasks.appliesTo,
      orderZone: itemOrder.zone,
      deploymentCount: sql<number>`(select count(*)::int from ${deployments} d where d.item_id = ${items.id} and d.deleted_at is null and d.enabled)`,
      detectedCount: sql<number>`(select count(*)::int from ${detections} d where d.item_id = ${items.id} and d.version is not null)`,
      pageKey: paging.pageKey,
    })
    .from(items)
    .leftJoin(software, eq(software.itemId, items.id))
    .leftJoin(tasks, eq(tasks.itemId, items.id))
    .leftJoin(itemOrder, eq(itemOrder.itemId, items.id))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(items)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}

const usableOn = (family: string): SQL =>
  sql`(${items.platforms} = '[]'::jsonb or ${items.platforms} @> ${JSON.stringify([{ osFamily: family }])}::jsonb)`;
