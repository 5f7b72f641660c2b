import { schedules } from "@/db/schema";
import { authorize } from "../authorize";
import { type Call, idInput, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { lockSchedule, recordScheduleChange } from "./schedule-row";

/** Copies a schedule, disabled, so that it can be changed before it starts anything. */
export async function duplicateSchedule({ ctx, input: raw }: Call<typeof idInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id } = parseInput(idInput, raw);
  return withTransaction(ctx, async (tx) => {
    const { id: _, ...original } = await lockSchedule(tx, id);
    const now = tx.clock.now();
    const [row] = await tx.db
      .insert(schedules)
      .values({
        ...original,
        name: `${original.name.slice(0, 112)} (copy)`,
        enabled: false,
        createdBy: tx.actor.kind === "user" ? tx.actor.userId : null,
        createdAt: now,
        updatedAt: now,
        deletedAt: null,
      })
      .returning();
    if (!row) throw new Error("A schedule was inserted and not returned");
    await recordScheduleChange(tx, "duplicate", null, row);
    return { id: row.id };
  });
}
