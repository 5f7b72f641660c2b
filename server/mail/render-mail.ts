import { createElement, type ReactElement } from "react";
import type { FinishedMaintenance, PlannedMaintenance } from "@/emails/maintenance";

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly plainText: string;
}

/** Templates and their renderer are loaded with the first mail, so that a start does not wait for them. */
export async function renderBeforeMaintenance(plan: PlannedMaintenance): Promise<RenderedMail> {
  const { default: BeforeMaintenance, beforeMaintenanceSubject } = await import("@/emails/before-maintenance");
  return renderMail(beforeMaintenanceSubject(plan), createElement(BeforeMaintenance, plan));
}

export async function renderPostponed(plan: PlannedMaintenance): Promise<RenderedMail> {
  const { default: Postponed, postponedSubject } = await import("@/emails/postponed");
  return renderMail(postponedSubject(plan), createElement(Postponed, plan));
}

export async function renderAfterMaintenance(result: FinishedMaintenance): Promise<RenderedMail> {
  const { default: AfterMaintenance, afterMaintenanceSubject } = await import("@/emails/after-maintenance");
  return renderMail(afterMaintenanceSubject(result), createElement(AfterMaintenance, result));
}

async function renderMail(subject: string, mail: ReactElement): Promise<RenderedMail> {
  const { render, toPlainText } = await import("react-email");
  const html = await render(mail);
  const plainText = toPlainText(html, {
    wordwrap: 78,
    selectors: [{ selector: "h1", options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 } }],
  });
  return { subject: subject.replace(/[\r\n]+/g, " "), html, plainText };
}
