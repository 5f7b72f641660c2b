import { authorize } from "../authorize";
import { type Call, idInput, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { changeSchedule } from "./change-schedule";
import { lockSchedule } from "./schedule-row";

/** Brings a deleted schedule back, disabled: a person looks at it before it starts anything. */
export async function restoreSchedule({ ctx, input: raw }: Call<typeof idInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id } = parseInput(idInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await lockSchedule(tx, id);
    if (before.deletedAt !== null) {
      await changeSchedule(tx, before, "restore", { deletedAt: null, enabled: false });
    }
    return { id };
  });
}
