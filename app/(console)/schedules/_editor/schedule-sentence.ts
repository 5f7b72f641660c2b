import { describeTarget } from "@/server/core/sentence";
import { targetOf } from "../../deployments/_editor/form";
import { sayRecurrence } from "./recurrence";
import { plainOf, type ScheduleForm } from "./schedule-form";

const zones: Readonly<Record<ScheduleForm["zone"], (name: string) => string>> = {
  computer: () => "in each computer's own time",
  tenant: () => "in each tenant's time",
  schedule: (name) => `in the time of ${name || "…"}`,
};
const reboots: Readonly<Record<ScheduleForm["reboot"], string>> = {
  suppress: "Nothing is rebooted.",
  "if-needed": "A computer that needs it is rebooted.",
  prompt: "The user is asked before a reboot.",
  force: "Every computer is rebooted, needed or not.",
};

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What a schedule will do: the first sentence says when and on what, the others what follows. */
export function describeSchedule(form: ScheduleForm): { readonly main: string; readonly more: readonly string[] } {
  const plain = plainOf(form);
  const zone = zones[form.zone](form.timeZone.trim());
  const when =
    form.recurs === "cron"
      ? `Whenever the cron line “${form.cron.trim()}” says`
      : `${plain ? upperFirst(sayRecurrence(plain)) : `On the days of the rule “${form.rule.trim()}”,`} at ${form.detectionTime}`;
  const { target } = form;
  const names = {
    tenant: target.tenant?.name ?? "…",
    target:
      target.keptTarget?.label ??
      (target.reach === "computer" ? target.computer : target.reach === "person" ? target.person : target.tag)?.name ??
      "…",
  };
  const what = form.item ? `checked for ${form.item.name} alone` : "checked";
  const verb = target.reach === "computer" && !target.keptTarget ? "is" : "are";
  const execution =
    form.executes === "at-once"
      ? "What has to change is done at once."
      : `What has to change is done at the next ${form.executionTime} after that.`;
  return {
    main: `${when} ${zone}, ${describeTarget(targetOfNamed(form), names)} ${verb} ${what}. ${execution}`,
    more: [
      sayMails(form),
      form.waitsForConnection
        ? "A computer that is offline is maintained when it connects again."
        : "A computer that is offline is left out and recorded as missed.",
      reboots[form.reboot],
    ],
  };
}

const targetOfNamed = (form: ScheduleForm) => {
  const target = targetOf(form.target);
  return {
    ...target,
    targetId: target.targetId ?? null,
    targetName: target.targetName ?? null,
    targetTenantId: target.targetTenantId ?? null,
    includesChildTenants: target.includesChildTenants ?? false,
    deviceClass: target.deviceClass ?? "workstations-and-portables",
  } as const;
};

function sayMails(form: ScheduleForm): string {
  const told = [form.mailsBefore ? "before" : null, form.mailsAfter ? "after" : null].filter(Boolean).join(" and ");
  const may = [
    form.allowsPostpone
      ? `postpone it up to ${form.postponeMaxCount} times, ${form.postponeMaxHours} hours at most`
      : null,
    form.allowsCancel ? "cancel it" : null,
    form.allowsRunNow ? "start it at once" : null,
  ].filter((each) => each !== null);
  const mails = told === "" ? "Nobody is told by mail." : `Users are told by mail ${told} it.`;
  if (!form.mailsBefore || may.length === 0) return mails;
  const list = may.length === 1 ? may[0] : `${may.slice(0, -1).join(", ")} or ${may.at(-1)}`;
  return `${mails} They may ${list}.`;
}
