import type { Inputs, Outputs } from "@/app/_trpc/client";
import {
  type DeploymentForm,
  emptyForm as emptyTarget,
  targetOf,
  problemsOf as targetProblemsOf,
} from "../../deployments/_editor/form";
import { type Ordinal, type PlainRecurrence, readRule, type Weekday, writeRule } from "./recurrence";

type Saved = Outputs["schedules"]["get"];
export type Draft = Inputs["schedules"]["create"]["draft"];

/** What the editor holds. Every part is kept while others change, so that going back loses nothing. */
export interface ScheduleForm {
  readonly name: string;
  readonly recurs: PlainRecurrence["kind"] | "rrule" | "cron";
  readonly days: readonly Weekday[];
  readonly everyWeeks: string;
  readonly monthDay: string;
  readonly ordinal: Ordinal;
  readonly weekday: Weekday;
  readonly rule: string;
  readonly cron: string;
  /** `HH:MM` */
  readonly detectionTime: string;
  readonly executes: "at-once" | "later";
  readonly executionTime: string;
  readonly zone: "schedule" | "tenant" | "computer";
  readonly timeZone: string;
  /** Whom it is for, as the deployment editor holds it. */
  readonly target: DeploymentForm;
  readonly item: { readonly id: number; readonly name: string } | null;
  readonly waitsForConnection: boolean;
  readonly reboot: "suppress" | "if-needed" | "prompt" | "force";
  readonly mailsBefore: boolean;
  readonly mailsAfter: boolean;
  readonly allowsPostpone: boolean;
  readonly allowsCancel: boolean;
  readonly allowsRunNow: boolean;
  readonly postponeMaxCount: string;
  readonly postponeMaxHours: string;
  readonly graceMinutes: string;
  readonly enabled: boolean;
}

export const emptySchedule: ScheduleForm = {
  name: "",
  recurs: "weekly",
  days: ["TU"],
  everyWeeks: "1",
  monthDay: "1",
  ordinal: 2,
  weekday: "TU",
  rule: "FREQ=WEEKLY;BYDAY=TU",
  cron: "0 21 * * 2",
  detectionTime: "20:00",
  executes: "later",
  executionTime: "22:00",
  zone: "computer",
  timeZone: "",
  target: emptyTarget,
  item: null,
  waitsForConnection: true,
  reboot: "suppress",
  mailsBefore: true,
  mailsAfter: true,
  allowsPostpone: true,
  allowsCancel: true,
  allowsRunNow: true,
  postponeMaxCount: "3",
  postponeMaxHours: "72",
  graceMinutes: "120",
  enabled: true,
};

/** What the plain controls say; null where a rule or a cron line says it. */
export function plainOf(form: ScheduleForm): PlainRecurrence | null {
  switch (form.recurs) {
    case "daily":
    case "weekdays":
      return { kind: form.recurs };
    case "weekly":
      return { kind: "weekly", days: form.days, everyWeeks: Number(form.everyWeeks) };
    case "monthly-day":
      return { kind: "monthly-day", day: Number(form.monthDay) };
    case "monthly-weekday":
      return { kind: "monthly-weekday", ordinal: form.ordinal, weekday: form.weekday };
    default:
      return null;
  }
}

/** The recurrence as the server takes it. */
export function recurrenceOf(form: ScheduleForm): Pick<Draft, "recurrenceKind" | "recurrence"> {
  const plain = plainOf(form);
  if (plain) return { recurrenceKind: "rrule", recurrence: writeRule(plain) };
  return form.recurs === "cron"
    ? { recurrenceKind: "cron", recurrence: form.cron.trim() }
    : { recurrenceKind: "rrule", recurrence: form.rule.trim() };
}

export type ScheduleProblems = Readonly<Record<string, string>>;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What is missing or wrong, by field, as far as the form itself can tell. */
export function problemsOf(form: ScheduleForm): ScheduleProblems {
  const problems: Record<string, string> = {};
  const whole = (
    field: "everyWeeks" | "postponeMaxCount" | "postponeMaxHours" | "graceMinutes",
    least: number,
    most: number,
  ) => {
    const text = form[field].trim();
    if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most)
      problems[field] = `a whole number from ${least} to ${most}`;
  };
  if (form.name.trim() === "") problems.name = "is missing";
  if (form.recurs === "weekly" && form.days.length === 0) problems.days = "choose at least one day";
  if (form.recurs === "weekly") whole("everyWeeks", 1, 12);
  if (form.recurs !== "cron" && !TIME.test(form.detectionTime)) problems.detectionTime = "is not a time like 20:00";
  if (form.executes === "later" && !TIME.test(form.executionTime)) problems.executionTime = "is not a time like 22:00";
  if (form.zone === "schedule" && form.timeZone.trim() === "") problems.timeZone = "choose the zone";
  if (form.allowsPostpone) {
    whole("postponeMaxCount", 1, 20);
    whole("postponeMaxHours", 1, 24 * 14);
  }
  whole("graceMinutes", 0, 24 * 60);
  const { computer, person, tenant, tag } = targetProblemsOf(form.target);
  for (const [field, problem] of Object.entries({ computer, person, tenant, tag }))
    if (problem) problems[field] = problem;
  return problems;
}

/** The form as the server takes it; call it when nothing is wrong. */
export function draftOf(form: ScheduleForm): Draft {
  return {
    name: form.name.trim(),
    target: targetOf(form.target),
    ...recurrenceOf(form),
    detectionTime: TIME.test(form.detectionTime) ? form.detectionTime : "00:00",
    executionTime: form.executes === "later" ? form.executionTime : null,
    timeZoneKind: form.zone,
    timeZone: form.zone === "schedule" ? form.timeZone.trim() : null,
    itemId: form.item?.id ?? null,
    offline: form.waitsForConnection ? "apply-when-connected" : "skip",
    reboot: form.reboot,
    mailsBefore: form.mailsBefore,
    mailsAfter: form.mailsAfter,
    allowsPostpone: form.allowsPostpone,
    allowsCancel: form.allowsCancel,
    allowsRunNow: form.allowsRunNow,
    ...(form.allowsPostpone
      ? { postponeMaxCount: Number(form.postponeMaxCount), postponeMaxHours: Number(form.postponeMaxHours) }
      : {}),
    graceMinutes: Number(form.graceMinutes),
    enabled: form.enabled,
  };
}

/** A saved schedule as a form. */
export function formOf(saved: Saved): ScheduleForm {
  const plain = saved.recurrenceKind === "rrule" ? readRule(saved.recurrence) : null;
  return {
    ...emptySchedule,
    name: saved.name,
    recurs: plain?.kind ?? saved.recurrenceKind,
    ...(plain?.kind === "weekly" ? { days: plain.days, everyWeeks: String(plain.everyWeeks) } : {}),
    ...(plain?.kind === "monthly-day" ? { monthDay: String(plain.day) } : {}),
    ...(plain?.kind === "monthly-weekday" ? { ordinal: plain.ordinal, weekday: plain.weekday } : {}),
    ...(saved.recurrenceKind === "cron" ? { cron: saved.recurrence } : { rule: saved.recurrence }),
    detectionTime: saved.detectionTime,
    executes: saved.executionTime === null ? "at-once" : "later",
    executionTime: saved.executionTime ?? emptySchedule.executionTime,
    zone: saved.timeZoneKind,
    timeZone: saved.timeZone ?? "",
    target: targetFormOf(saved),
    item: saved.itemId === null ? null : { id: saved.itemId, name: saved.itemName ?? `#${saved.itemId}` },
    waitsForConnection: saved.offline === "apply-when-connected",
    reboot: saved.reboot,
    mailsBefore: saved.mailsBefore,
    mailsAfter: saved.mailsAfter,
    allowsPostpone: saved.allowsPostpone,
    allowsCancel: saved.allowsCancel,
    allowsRunNow: saved.allowsRunNow,
    postponeMaxCount: String(saved.postponeMaxCount),
    postponeMaxHours: String(saved.postponeMaxHours),
    graceMinutes: String(saved.graceMinutes),
    enabled: saved.enabled,
  };
}

function targetFormOf(saved: Saved): DeploymentForm {
  const { scope, targetType, targetId, targetName, targetTenantId, includesChildTenants, deviceClass } = saved;
  const label = saved.targetLabel ?? targetName ?? (targetId === null ? "" : `#${targetId}`);
  const named = targetId === null ? null : { id: targetId, name: label };
  const membership = targetType === "all" || targetType === "tag" || targetType === "tenant-tag" ? targetType : null;
  const isOne = targetType === "computer" || targetType === "person";
  const isMade = isOne || (membership !== null && (scope === "tenant" || scope === "cross-tenant"));
  const target = { scope, targetType, targetId, targetName, targetTenantId, includesChildTenants, deviceClass };
  return {
    ...emptyTarget,
    reach: isOne ? targetType : scope === "cross-tenant" ? "cross-tenant" : "tenant",
    computer: targetType === "computer" ? named : null,
    person: targetType === "person" ? named : null,
    tenant:
      targetTenantId === null ? null : { id: targetTenantId, name: saved.targetTenantName ?? `#${targetTenantId}` },
    includesChildTenants,
    membership: membership ?? "all",
    tag: membership === "tag" || membership === "tenant-tag" ? named : null,
    deviceClass,
    keptTarget: isMade ? null : { target, label },
  };
}
