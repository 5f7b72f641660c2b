/** The words of maintenance sessions and actions (domain page, chapters 7 and 9). */
import { z } from "zod";

export const sessionKinds = ["full", "detection-only", "single-item", "re-run", "onboarding"] as const;
export type SessionKind = (typeof sessionKinds)[number];

export const sessionStages = [
  "onboarding",
  "inventory",
  "resolution",
  "detection",
  "announcement",
  "execution",
  "verification",
] as const;
export type SessionStage = (typeof sessionStages)[number];

export const sessionStatuses = [
  "created",
  "pending-connectivity",
  "running",
  "pending-execution",
  "postponed",
  "passed",
  "partially-passed",
  "failed",
  "cancelled",
  "missed",
] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

export const actionTypes = [
  "install",
  "update",
  "downgrade",
  "uninstall",
  "reinstall",
  "task",
  "audit",
  "monitor",
  "none",
] as const;
export type ActionType = (typeof actionTypes)[number];

export const actionReasons = [
  "software-missing",
  "update-available",
  "older-version-required",
  "software-detected",
  "test-failed",
  "not-compliant",
  "prerequisite",
  "compliant",
  "not-present",
  "value-recorded",
  "detection-failed",
  "unsupported",
  "prerequisite-conflict",
  "prerequisite-missing",
  "prerequisite-cycle",
  "no-version",
  "no-licence",
  "no-upgrade-strategy",
  "ignored",
] as const;
export type ActionReason = (typeof actionReasons)[number];

export const actionStatuses = ["pending", "waiting", "running", "verifying", "done", "skipped"] as const;
export type ActionStatus = (typeof actionStatuses)[number];

export const actionResults = ["compliant", "not-compliant", "failed", "cancelled", "skipped"] as const;
export type ActionResult = (typeof actionResults)[number];

export const offlineBehaviours = ["skip", "apply-when-connected"] as const;
export const rebootPreferences = ["if-needed", "suppress", "prompt", "force"] as const;

/** What a session may do and how it speaks to the user. Copied from its schedule, or chosen when started by hand. */
export const sessionOptions = z.strictObject({
  /** Minutes from the end of detection to execution; 0 is at once. Used when `executionTime` is null. */
  executionDelayMinutes: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 60),
  /** Local time `HH:MM` of the next occurrence after detection, in `timeZone`. */
  executionTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable(),
  timeZone: z.string(),
  offline: z.enum(offlineBehaviours),
  reboot: z.enum(rebootPreferences),
  mailsBefore: z.boolean(),
  mailsAfter: z.boolean(),
  allowsPostpone: z.boolean(),
  allowsCancel: z.boolean(),
  allowsRunNow: z.boolean(),
  postponeMaxCount: z.number().int().min(0).max(20),
  postponeMaxHours: z
    .number()
    .int()
    .min(0)
    .max(24 * 14),
});
export type SessionOptions = z.infer<typeof sessionOptions>;
