import { eq } from "drizzle-orm";
import { z } from "zod";
import { inventories } from "@/db/schema";
import type { InventoryEntry } from "@/server/agents/wire";
import { authorize } from "../authorize";
import { type Call, parseInput } from "../parse";
import { requireComputer } from "./require-computer";

export const getComputerInventoryInput = z.strictObject({
  id: z.number().int().positive(),
  search: z.string().trim().max(200).optional(),
  source: z.string().max(50).optional(),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(100),
});

/** What was installed at the newest reading, by name. One reading is one row, so its pages are counted by offset. */
export async function getComputerInventory({ ctx, input: raw }: Call<typeof getComputerInventoryInput>) {
  authorize(ctx, "read");
  const input = parseInput(getComputerInventoryInput, raw);
  await requireComputer(ctx, input.id);
  const [inventory] = await ctx.db.select().from(inventories).where(eq(inventories.computerId, input.id));
  const needle = input.search?.toLowerCase() ?? "";
  const matches = (entry: InventoryEntry) =>
    (input.source === undefined || entry.source === input.source) &&
    (needle === "" || `${entry.name}\n${entry.id}\n${entry.publisher ?? ""}`.toLowerCase().includes(needle));
  const all = inventory?.entries ?? [];
  const found = all.filter(matches).sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  return {
    takenAt: inventory?.takenAt ?? null,
    sources: [...new Set(all.map((entry) => entry.source))].sort(),
    rows: found.slice(input.offset, input.offset + input.limit),
    total: found.length,
  };
}
