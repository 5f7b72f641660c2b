import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { items, tasks } from "@/db/schema";
import { authorize } from "../authorize";
import { matchesSearch } from "../paging";
import { type Call, parseInput } from "../parse";

export const listItemOptionsInput = z.strictObject({
  kind: z.enum(["software", "task"]).optional(),
  search: z.string().trim().max(200).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

/** Items to choose from in a form, by name. */
export async function listItemOptions({ ctx, input: raw }: Call<typeof listItemOptionsInput>) {
  authorize(ctx, "read");
  const input = parseInput(listItemOptionsInput, raw);
  return ctx.db
    .select({
      id: items.id,
      name: items.name,
      kind: items.kind,
      publisher: items.publisher,
      origin: items.origin,
      platforms: items.platforms,
      parameters: tasks.parameters,
    })
    .from(items)
    .leftJoin(tasks, eq(tasks.itemId, items.id))
    .where(
      and(
        isNull(items.deletedAt),
        input.kind === undefined ? undefined : eq(items.kind, input.kind),
        matchesSearch(input.search, items.name, items.publisher),
      ),
    )
    .orderBy(asc(items.name), asc(items.id))
    .limit(input.limit);
}
