import { eq } from "drizzle-orm";
import { schedules } from "@/db/schema";
import type { TransactionContext } from "../transaction";
import { recordScheduleChange, type ScheduleRow } from "./schedule-row";

/** Sets a part of a locked schedule and records it. */
export async function changeSchedule(
  tx: TransactionContext,
  before: ScheduleRow,
  action: "enable" | "disable" | "remove" | "restore",
  change: Partial<Pick<ScheduleRow, "enabled" | "deletedAt">>,
): Promise<void> {
  const [row] = await tx.db
    .update(schedules)
    .set({ ...change, updatedAt: tx.clock.now() })
    .where(eq(schedules.id, before.id))
    .returning();
  if (!row) throw new Error("A locked schedule was not updated");
  await recordScheduleChange(tx, action, before, row);
}
