import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { deployments, items } from "@/db/schema";
import { checkRecurrence } from "@/server/core/schedule";
import { offlineBehaviours, rebootPreferences } from "@/server/core/sessions";
import type { ServiceContext } from "../context";
import { notFound, ServiceError } from "../errors";
import { checkTarget } from "../targets/check-target";
import { targetInput } from "../targets/target-input";
import { timeZone } from "../tenants/tenant-fields";

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time like 22:00");

/** What a schedule says. It never sets a desired state. */
export const scheduleDraft = z
  .strictObject({
    name: z.string().trim().min(1, "is missing").max(120),
    target: targetInput,
    recurrenceKind: z.enum(["rrule", "cron"]),
    /** The days: an RRULE without times, or a cron line with detection's minute and hour. */
    recurrence: z.string().trim().min(1, "is missing").max(500),
    detectionTime: localTime,
    /** Null: at once after detection. */
    executionTime: localTime.nullable().default(null),
    timeZoneKind: z.enum(["schedule", "tenant", "computer"]),
    timeZone: timeZone.nullable().default(null),
    itemId: z.number().int().positive().nullable().default(null),
    offline: z.enum(offlineBehaviours).default("apply-when-connected"),
    reboot: z.enum(rebootPreferences).default("suppress"),
    mailsBefore: z.boolean().default(true),
    mailsAfter: z.boolean().default(true),
    allowsPostpone: z.boolean().default(true),
    allowsCancel: z.boolean().default(true),
    allowsRunNow: z.boolean().default(true),
    postponeMaxCount: z.number().int().min(0).max(20).default(3),
    postponeMaxHours: z
      .number()
      .int()
      .min(0)
      .max(24 * 14)
      .default(72),
    graceMinutes: z
      .number()
      .int()
      .min(0)
      .max(24 * 60)
      .default(120),
    enabled: z.boolean().default(true),
  })
  .superRefine((draft, context) => {
    if ((draft.timeZoneKind === "schedule") !== (draft.timeZone !== null)) {
      context.addIssue({
        code: "custom",
        path: ["timeZone"],
        message: draft.timeZone === null ? "is missing" : `is not used with the ${draft.timeZoneKind}'s own zone`,
      });
      return;
    }
    const problem = checkRecurrence({ ...draft, timeZone: draft.timeZone ?? "UTC" });
    if (problem !== null) context.addIssue({ code: "custom", path: ["recurrence"], message: problem });
  });
export type ScheduleDraft = z.output<typeof scheduleDraft>;

/** Refuses what the schema alone cannot know: a target that is not there, an item that no deployment names. */
export async function checkScheduleDraft(ctx: ServiceContext, draft: ScheduleDraft): Promise<void> {
  await checkTarget(ctx, draft.target);
  if (draft.itemId === null) return;
  const [item] = await ctx.db
    .select({ name: items.name })
    .from(items)
    .where(and(eq(items.id, draft.itemId), isNull(items.deletedAt)));
  if (!item) throw notFound("That item");
  const [deployment] = await ctx.db
    .select({ id: deployments.id })
    .from(deployments)
    .where(and(eq(deployments.itemId, draft.itemId), isNull(deployments.deletedAt)))
    .limit(1);
  if (!deployment) {
    throw new ServiceError("conflict", `No deployment says what ${item.name} should be; make one first.`, {
      itemId: "has no deployment",
    });
  }
}
