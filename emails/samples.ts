import type { FinishedMaintenance, PlannedMaintenance } from "./maintenance";

/** Filled-in templates for the preview of react-email and for test mails. */
export const samplePlan: PlannedMaintenance = {
  branding: {
    companyName: "Contoso IT",
    logoUrl: null,
    accentColor: "#5b46a8",
    supportContact: "helpdesk@contoso.com",
    footer: "Contoso IT, 1 Harbour Street, Springfield",
  },
  reader: { role: "primary", locale: "en", timeZone: "Europe/Stockholm" },
  computer: { name: "CONT-LT-0142", kind: "laptop", tenantName: "Contoso" },
  changes: [
    { kind: "install", name: "Adobe Acrobat Pro", fromVersion: null, toVersion: "25.1" },
    { kind: "update", name: "3CX", fromVersion: "18.13", toVersion: "20.0" },
    { kind: "uninstall", name: "Acrobat Reader", fromVersion: "24.2", toVersion: null },
    { kind: "setting", name: "Firewall on", fromVersion: null, toVersion: null },
  ],
  startsAt: new Date("2026-11-23T20:00:00Z"),
  writtenAt: new Date("2026-11-23T13:10:00Z"),
  restart: "prompt",
  offline: "apply-when-connected",
  allowance: { timesLeft: 2, latestAt: new Date("2026-11-27T20:00:00Z") },
  links: {
    postpone: "https://example.com/m/sample",
    cancel: "https://example.com/m/sample?choose=cancel",
    runNow: "https://example.com/m/sample?choose=run-now",
  },
};

export const sampleResult: FinishedMaintenance = {
  branding: samplePlan.branding,
  reader: samplePlan.reader,
  computer: samplePlan.computer,
  outcomes: [
    { kind: "install", name: "Adobe Acrobat Pro", fromVersion: null, toVersion: "25.1", result: "done" },
    { kind: "update", name: "3CX", fromVersion: "18.13", toVersion: "20.0", result: "done" },
    { kind: "uninstall", name: "Acrobat Reader", fromVersion: "24.2", toVersion: null, result: "failed" },
    { kind: "setting", name: "Firewall on", fromVersion: null, toVersion: null, result: "done" },
  ],
  endedAt: new Date("2026-11-23T20:12:00Z"),
  restartPending: true,
  resultLink: "https://example.com/m/sample-result",
};
