import { and, sql } from "drizzle-orm";
import { z } from "zod";
import { computers, sessions } from "@/db/schema";
import { authorize, inVisibleTenants, seesAllTenants } from "../authorize";
import { type Call, parseInput } from "../parse";
import { idArray } from "../resolution/id-array";

const ids = z.array(z.number().int()).max(10_000);
export const selectVisibleInput = z.strictObject({ sessionIds: ids, computerIds: ids });

/** Which of the sessions and computers the actor may see: what is told to a browser as it happens. */
export async function selectVisible({
  ctx,
  input: raw,
}: Call<typeof selectVisibleInput>): Promise<{ sessionIds: number[]; computerIds: number[] }> {
  authorize(ctx, "read");
  const input = parseInput(selectVisibleInput, raw);
  if (seesAllTenants(ctx)) return input;
  const visible = async (table: typeof sessions | typeof computers, wanted: readonly number[]) => {
    if (wanted.length === 0) return [];
    const found = await ctx.db
      .select({ id: table.id })
      .from(table)
      .where(and(sql`${table.id} = any(${idArray(wanted)})`, inVisibleTenants(ctx, table.tenantId)));
    return found.map((row) => row.id);
  };
  return {
    sessionIds: await visible(sessions, input.sessionIds),
    computerIds: await visible(computers, input.computerIds),
  };
}
