import { z } from "zod";
import { authorize } from "../authorize";
import { ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { changeSchedule } from "./change-schedule";
import { lockSchedule } from "./schedule-row";

export const setScheduleEnabledInput = z.strictObject({ id: z.number().int().positive(), enabled: z.boolean() });

export async function setScheduleEnabled({
  ctx,
  input: raw,
}: Call<typeof setScheduleEnabledInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id, enabled } = parseInput(setScheduleEnabledInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await lockSchedule(tx, id);
    if (before.deletedAt !== null) throw new ServiceError("conflict", "That schedule is deleted; restore it first.");
    if (before.enabled !== enabled) await changeSchedule(tx, before, enabled ? "enable" : "disable", { enabled });
    return { id };
  });
}
