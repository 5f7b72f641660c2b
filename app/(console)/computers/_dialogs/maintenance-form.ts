import type { Inputs } from "@/app/_trpc/client";

type StartOptions = NonNullable<Inputs["sessions"]["start"]["options"]>;

/** What the dialog asks before maintenance is started. */
export interface MaintenanceForm {
  readonly kind: "full" | "detection-only" | "single-item";
  readonly item: { readonly id: number; readonly name: string } | null;
  readonly when: "now" | "later";
  readonly delayMinutes: string;
  readonly mailsBefore: boolean;
  readonly mailsAfter: boolean;
  readonly allowsPostpone: boolean;
  readonly postponeMaxCount: string;
  readonly allowsCancel: boolean;
  readonly reboot: "suppress" | "if-needed" | "prompt" | "force";
  readonly waitsForConnection: boolean;
}

export const freshForm: MaintenanceForm = {
  kind: "full",
  item: null,
  when: "now",
  delayMinutes: "15",
  mailsBefore: true,
  mailsAfter: true,
  allowsPostpone: true,
  postponeMaxCount: "3",
  allowsCancel: true,
  reboot: "suppress",
  waitsForConnection: false,
};

const MAX_DELAY_MINUTES = 7 * 24 * 60;
const MAX_POSTPONEMENTS = 20;
const isWhole = (text: string, least: number, most: number) =>
  /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

/** What is wrong, by field. */
export function problemsOf(
  form: MaintenanceForm,
): Partial<Record<"item" | "delayMinutes" | "postponeMaxCount", string>> {
  return {
    ...(form.kind === "single-item" && form.item === null ? { item: "choose the item" } : {}),
    ...(form.when === "later" && !isWhole(form.delayMinutes, 1, MAX_DELAY_MINUTES)
      ? { delayMinutes: "a whole number of minutes, up to a week (10080)" }
      : {}),
    ...(form.allowsPostpone && !isWhole(form.postponeMaxCount, 1, MAX_POSTPONEMENTS)
      ? { postponeMaxCount: `a whole number from 1 to ${MAX_POSTPONEMENTS}` }
      : {}),
  };
}

/** The form as the server takes it. */
export function optionsOf(form: MaintenanceForm): StartOptions {
  return {
    executionDelayMinutes: form.when === "now" ? 0 : Number(form.delayMinutes),
    mailsBefore: form.mailsBefore,
    mailsAfter: form.mailsAfter,
    allowsPostpone: form.allowsPostpone,
    allowsCancel: form.allowsCancel,
    reboot: form.reboot,
    offline: form.waitsForConnection ? "apply-when-connected" : "skip",
    ...(form.allowsPostpone ? { postponeMaxCount: Number(form.postponeMaxCount) } : {}),
  };
}
