import { authorize } from "../authorize";
import { type Call, idInput, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { changeSchedule } from "./change-schedule";
import { lockSchedule } from "./schedule-row";

/** Deletes a schedule; it can be restored. */
export async function removeSchedule({ ctx, input: raw }: Call<typeof idInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id } = parseInput(idInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await lockSchedule(tx, id);
    if (before.deletedAt === null) await changeSchedule(tx, before, "remove", { deletedAt: tx.clock.now() });
    return { id };
  });
}
