import { and, eq } from "drizzle-orm";
import { schedules } from "@/db/schema";
import { audit } from "../audit";
import { authorizeAllTenants } from "../authorize";
import { notFound } from "../errors";
import { inVisibleTargets } from "../targets/target-columns";
import type { TransactionContext } from "../transaction";

export type ScheduleRow = typeof schedules.$inferSelect;

/** Locks a schedule that the actor may change. One that spans tenants is for those who see all of them. */
export async function lockSchedule(tx: TransactionContext, id: number): Promise<ScheduleRow> {
  const [row] = await tx.db
    .select()
    .from(schedules)
    .where(and(eq(schedules.id, id), inVisibleTargets(tx, schedules)))
    .for("update");
  if (!row) throw notFound("That schedule");
  if (row.scope === "cross-tenant") authorizeAllTenants(tx);
  return row;
}

/** Writes a change to the audit log and tells what plans occurrences. */
export async function recordScheduleChange(
  tx: TransactionContext,
  action: "create" | "update" | "enable" | "disable" | "remove" | "restore" | "duplicate",
  before: ScheduleRow | null,
  after: ScheduleRow,
): Promise<void> {
  await audit(tx, {
    action: `schedule.${action}`,
    entity: "schedule",
    entityId: after.id,
    tenantId: after.targetTenantId,
    before,
    after,
  });
  const changedAtMs = after.updatedAt.getTime();
  await tx.emit("schedule/changed", `schedule/changed/${after.id}/${changedAtMs}/${tx.ids.uuid()}`, {
    scheduleId: after.id,
    changedAtMs,
  });
}
