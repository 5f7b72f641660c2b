import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { schedules } from "@/db/schema";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { type Call, parseInput } from "../parse";
import { occurrencesIn, zonesOf } from "./run-zones";

const input = z.strictObject({
  scheduleId: z.number().int(),
  /** The state of the schedule that is planned; a newer one has its own plan. */
  changedAtMs: z.number(),
  /** Everything up to this moment is settled. */
  settledUntilMs: z.number(),
});

/** When a schedule is due next, in whichever of its zones is first; null when it is not, or not in this state any more. */
export async function planSchedule({ ctx, input: raw }: Call<typeof input>): Promise<{ dueAtMs: number } | null> {
  authorizeSystem(ctx);
  const { scheduleId, changedAtMs, settledUntilMs } = parseInput(input, raw);
  const schedule = await loadLive(ctx, scheduleId, changedAtMs);
  if (!schedule) return null;
  const zones = await zonesOf(ctx, schedule);
  const moments = zones.flatMap((zone) => occurrencesIn(schedule, zone, settledUntilMs, 1));
  return moments.length === 0 ? null : { dueAtMs: Math.min(...moments) };
}

/** The schedule, unless it was changed, switched off or deleted since. */
export async function loadLive(ctx: ServiceContext, scheduleId: number, changedAtMs: number) {
  const [schedule] = await ctx.db
    .select()
    .from(schedules)
    .where(and(eq(schedules.id, scheduleId), eq(schedules.enabled, true), isNull(schedules.deletedAt)));
  return schedule?.updatedAt.getTime() === changedAtMs ? schedule : undefined;
}
