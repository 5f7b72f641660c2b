import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { tenants } from "@/db/schema";
import { checkRecurrence, nextOccurrences } from "@/server/core/schedule";
import { authorize, authorizeTenant } from "../authorize";
import type { ServiceContext } from "../context";
import { type Call, parseInput } from "../parse";

export const previewTimesInput = z.strictObject({
  recurrenceKind: z.enum(["rrule", "cron"]),
  recurrence: z.string().trim().max(500),
  /** `HH:MM` */
  detectionTime: z.string().max(5),
  /** The schedule's own zone; null: that of its computers or tenants, for which the tenant's stands here. */
  timeZone: z.string().max(100).nullable(),
  /** The tenant of the target; null for targets across tenants. */
  tenantId: z.number().int().positive().nullable().default(null),
});
const SHOWN = 6;

/** When a schedule that is being written would be due next; or what is wrong with its recurrence, in a sentence. */
export async function previewTimes({ ctx, input: raw }: Call<typeof previewTimesInput>) {
  authorize(ctx, "read");
  const { recurrenceKind, recurrence, detectionTime, ...where } = parseInput(previewTimesInput, raw);
  if (where.tenantId !== null) await authorizeTenant(ctx, where.tenantId);
  const timeZone = where.timeZone ?? (await zoneOf(ctx, where.tenantId));
  const rule = { recurrenceKind, recurrence, detectionTime, timeZone };
  const problem = checkRecurrence(rule);
  const now = ctx.clock.now().getTime();
  const moments = problem === null ? nextOccurrences({ ...rule, afterMs: now, startsAtMs: now, limit: SHOWN }) : [];
  return { timeZone, problem, dueAt: moments.map((atMs) => new Date(atMs)) };
}

/** The tenant's zone; the provider's where the target spans tenants. */
async function zoneOf(ctx: ServiceContext, tenantId: number | null): Promise<string> {
  const [tenant] = await ctx.db
    .select({ timeZone: tenants.timeZone })
    .from(tenants)
    .where(tenantId === null ? sql`${tenants.kind} = 'msp'` : eq(tenants.id, tenantId));
  return tenant?.timeZone ?? "UTC";
}
