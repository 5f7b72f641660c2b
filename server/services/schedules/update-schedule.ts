import { eq } from "drizzle-orm";
import { z } from "zod";
import { schedules } from "@/db/schema";
import { compileTargetKey } from "@/server/core/targets";
import { authorize } from "../authorize";
import { ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { checkScheduleDraft, scheduleDraft } from "./schedule-input";
import { lockSchedule, recordScheduleChange } from "./schedule-row";

export const updateScheduleInput = z.strictObject({
  id: z.number().int().positive(),
  /** When the state that was edited was saved; saving over a newer one is refused. */
  updatedAt: z.date(),
  draft: scheduleDraft,
});

/** Changes a schedule. Sessions it has started keep what they were started with. */
export async function updateSchedule({ ctx, input: raw }: Call<typeof updateScheduleInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id, updatedAt, draft } = parseInput(updateScheduleInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await lockSchedule(tx, id);
    if (before.deletedAt !== null) throw new ServiceError("conflict", "That schedule is deleted; restore it first.");
    if (before.updatedAt.getTime() !== updatedAt.getTime()) {
      throw new ServiceError("conflict", "Someone changed this schedule meanwhile; look at it first.");
    }
    await checkScheduleDraft(tx, draft);
    const { target, ...rest } = draft;
    const [row] = await tx.db
      .update(schedules)
      .set({ ...rest, ...target, targetKey: compileTargetKey(target), updatedAt: tx.clock.now() })
      .where(eq(schedules.id, id))
      .returning();
    if (!row) throw new Error("A locked schedule was not updated");
    await recordScheduleChange(tx, "update", before, row);
    return { id };
  });
}
