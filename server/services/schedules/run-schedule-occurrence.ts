import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { scheduleRuns, type schedules } from "@/db/schema";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { startSessions } from "../sessions/start-sessions";
import { type TransactionContext, withTransaction } from "../transaction";
import { loadLive } from "./run-plan";
import { computersByZone, occurrencesIn, zonesOf } from "./run-zones";

const input = z.strictObject({ scheduleId: z.number().int(), changedAtMs: z.number(), settledUntilMs: z.number() });

/** Missed occurrences that are written down, of however many a long absence has left. */
const MISSED_KEPT = 100;

/**
 * Starts the sessions of everything that came due in a schedule since what is settled. In each of its zones the newest
 * occurrence runs if it is no later than the schedule's grace; it and those before it are recorded as missed otherwise.
 * Each runs once, however often this is repeated.
 */
export async function runScheduleOccurrence({
  ctx,
  input: raw,
}: Call<typeof input>): Promise<{ started: number; missed: number }> {
  authorizeSystem(ctx);
  recordsNoChange("the sessions it starts have entries of their own");
  const { scheduleId, changedAtMs, settledUntilMs } = parseInput(input, raw);
  return withTransaction(ctx, async (tx) => {
    const schedule = await loadLive(tx, scheduleId, changedAtMs);
    const nowMs = tx.clock.now().getTime();
    if (!schedule) return { started: 0, missed: 0 };
    let started = 0;
    let missed = 0;
    let byZone: Map<string, number[]> | null = null;
    for (const zone of await zonesOf(tx, schedule)) {
      const due = occurrencesIn(schedule, zone, settledUntilMs, MISSED_KEPT).filter((atMs) => atMs <= nowMs);
      const newest = due.at(-1);
      if (newest === undefined) continue;
      const runs = nowMs - newest <= schedule.graceMinutes * 60_000;
      const tooLate = runs ? due.slice(0, -1) : due;
      missed += await recordMissed(tx, scheduleId, zone, tooLate);
      if (!runs || !(await claim(tx, scheduleId, zone, newest))) continue;
      byZone ??= await computersByZone(tx, schedule);
      const { sessionIds } = await startFor(tx, schedule, zone, byZone.get(zone) ?? []);
      started += sessionIds.length;
      await tx.db
        .update(scheduleRuns)
        .set({ sessionCount: sessionIds.length })
        .where(
          and(
            eq(scheduleRuns.scheduleId, scheduleId),
            eq(scheduleRuns.timeZone, zone),
            eq(scheduleRuns.dueAt, new Date(newest)),
          ),
        );
    }
    await tx.emit("schedule/continued", `schedule/continued/${scheduleId}/${changedAtMs}/${settledUntilMs}`, {
      scheduleId,
      changedAtMs,
      settledUntilMs: nowMs,
    });
    return { started, missed };
  });
}

async function recordMissed(tx: TransactionContext, scheduleId: number, timeZone: string, dueAtMs: readonly number[]) {
  if (dueAtMs.length === 0) return 0;
  const recorded = await tx.db
    .insert(scheduleRuns)
    .values(
      dueAtMs.map((atMs) => ({
        scheduleId,
        timeZone,
        dueAt: new Date(atMs),
        outcome: "missed" as const,
        recordedAt: tx.clock.now(),
      })),
    )
    .onConflictDoNothing()
    .returning({ dueAt: scheduleRuns.dueAt });
  return recorded.length;
}

/** Whether this occurrence is this call's to run: the first to write it down has it. */
async function claim(tx: TransactionContext, scheduleId: number, timeZone: string, dueAtMs: number): Promise<boolean> {
  const claimed = await tx.db
    .insert(scheduleRuns)
    .values({ scheduleId, timeZone, dueAt: new Date(dueAtMs), outcome: "started", recordedAt: tx.clock.now() })
    .onConflictDoNothing()
    .returning({ dueAt: scheduleRuns.dueAt });
  return claimed.length > 0;
}

async function startFor(
  tx: TransactionContext,
  schedule: typeof schedules.$inferSelect,
  timeZone: string,
  computerIds: readonly number[],
) {
  if (computerIds.length === 0) return { sessionIds: [] };
  return startSessions({
    ctx: tx,
    input: {
      computers: { ids: computerIds },
      kind: schedule.itemId === null ? "full" : "single-item",
      itemId: schedule.itemId,
      cause: "schedule",
      scheduleId: schedule.id,
      options: {
        executionDelayMinutes: 0,
        executionTime: schedule.executionTime,
        timeZone,
        offline: schedule.offline,
        reboot: schedule.reboot,
        mailsBefore: schedule.mailsBefore,
        mailsAfter: schedule.mailsAfter,
        allowsPostpone: schedule.allowsPostpone,
        allowsCancel: schedule.allowsCancel,
        allowsRunNow: schedule.allowsRunNow,
        postponeMaxCount: schedule.postponeMaxCount,
        postponeMaxHours: schedule.postponeMaxHours,
      },
    },
  });
}
