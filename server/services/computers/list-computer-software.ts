import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { detections, items } from "@/db/schema";
import { authorize } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";
import { requireComputer } from "./require-computer";

export const listComputerSoftwareInput = listInput(["name", "detectedAt"], {
  id: z.number().int().positive(),
  kind: z.enum(["software", "task"]).optional(),
});

/** What was last known of each maintenance item on a computer. */
export async function listComputerSoftware({ ctx, input: raw }: Call<typeof listComputerSoftwareInput>) {
  authorize(ctx, "read");
  const input = parseInput(listComputerSoftwareInput, raw);
  await requireComputer(ctx, input.id);
  const paging = startPaging(input, { name: items.name, detectedAt: detections.detectedAt }, items.id, {
    by: "name",
    descending: false,
  });
  const filter = and(
    eq(detections.computerId, input.id),
    input.kind === undefined ? undefined : eq(items.kind, input.kind),
    matchesSearch(input.search, items.name, items.publisher),
  );
  const rows = await ctx.db
    .select({
      itemId: items.id,
      name: items.name,
      kind: items.kind,
      publisher: items.publisher,
      version: detections.version,
      availableVersion: detections.availableVersion,
      compliant: detections.compliant,
      detectedAt: detections.detectedAt,
      sessionId: detections.sessionId,
      pageKey: paging.pageKey,
    })
    .from(detections)
    .innerJoin(items, eq(items.id, detections.itemId))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(detections)
    .innerJoin(items, eq(items.id, detections.itemId))
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
