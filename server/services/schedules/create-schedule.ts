import { z } from "zod";
import { schedules } from "@/db/schema";
import { compileTargetKey } from "@/server/core/targets";
import { authorize } from "../authorize";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { checkScheduleDraft, scheduleDraft } from "./schedule-input";
import { recordScheduleChange } from "./schedule-row";

export const createScheduleInput = z.strictObject({ draft: scheduleDraft });

/** Saves what starts sessions periodically. */
export async function createSchedule({ ctx, input: raw }: Call<typeof createScheduleInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { draft } = parseInput(createScheduleInput, raw);
  return withTransaction(ctx, async (tx) => {
    await checkScheduleDraft(tx, draft);
    const { target, ...rest } = draft;
    const now = tx.clock.now();
    const [row] = await tx.db
      .insert(schedules)
      .values({
        ...rest,
        ...target,
        targetKey: compileTargetKey(target),
        createdBy: tx.actor.kind === "user" ? tx.actor.userId : null,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!row) throw new Error("A schedule was inserted and not returned");
    await recordScheduleChange(tx, "create", null, row);
    return { id: row.id };
  });
}
