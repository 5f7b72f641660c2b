import type { Outputs } from "@/app/_trpc/client";
import type { Tone } from "@/app/_ui/pill";

type Computer = Outputs["computers"]["list"]["rows"][number];
type Session = Outputs["sessions"]["list"]["rows"][number];
type Action = Outputs["sessions"]["get"]["actions"][number];
type Email = Outputs["emails"]["list"]["rows"][number];
interface Said {
  readonly tone: Tone;
  readonly label: string;
}

/** How a computer's status is said and what it means to a person. */
export const computerStatuses: Readonly<Record<Computer["status"], Said>> = {
  identifying: { tone: "run", label: "Identifying" },
  "needs-onboarding": { tone: "wait", label: "New" },
  onboarding: { tone: "run", label: "Onboarding" },
  onboarded: { tone: "ok", label: "Onboarded" },
  "needs-decision": { tone: "warn", label: "Needs a decision" },
  failed: { tone: "bad", label: "Failed" },
  archived: { tone: "off", label: "Archived" },
};

export const sessionStatuses: Readonly<Record<Session["status"], Said>> = {
  created: { tone: "wait", label: "Queued" },
  "pending-connectivity": { tone: "wait", label: "Waits until it connects" },
  running: { tone: "run", label: "Running" },
  "pending-execution": { tone: "wait", label: "Waits for its time" },
  postponed: { tone: "wait", label: "Postponed" },
  passed: { tone: "ok", label: "Passed" },
  "partially-passed": { tone: "warn", label: "Partially passed" },
  failed: { tone: "bad", label: "Failed" },
  cancelled: { tone: "off", label: "Cancelled" },
  missed: { tone: "off", label: "Missed" },
};

export const sessionKinds: Readonly<Record<Session["kind"], string>> = {
  full: "Full maintenance",
  "detection-only": "Detection only",
  "single-item": "Single item",
  "re-run": "Re-run",
  onboarding: "Onboarding",
};

/** An action's state as one mark: its result once it has one, else how far it is. */
export function actionState(action: Pick<Action, "status" | "result">): Said {
  switch (action.result) {
    case "compliant":
      return { tone: "ok", label: "Done" };
    case "not-compliant":
      return { tone: "warn", label: "Not compliant" };
    case "failed":
      return { tone: "bad", label: "Failed" };
    case "cancelled":
      return { tone: "off", label: "Cancelled" };
    case "skipped":
      return { tone: "off", label: "Skipped" };
    default:
      break;
  }
  if (action.status === "running") return { tone: "run", label: "Running" };
  if (action.status === "verifying") return { tone: "run", label: "Verifying" };
  return { tone: "wait", label: "Waiting" };
}

export const emailStatuses: Readonly<Record<Email["status"], Said>> = {
  queued: { tone: "run", label: "Queued" },
  kept: { tone: "off", label: "Kept here" },
  sent: { tone: "ok", label: "Sent" },
  delivered: { tone: "ok", label: "Delivered" },
  bounced: { tone: "bad", label: "Bounced" },
  failed: { tone: "bad", label: "Failed" },
};

export const emailKinds: Readonly<Record<Email["kind"], string>> = {
  before: "Before maintenance",
  after: "After maintenance",
  postponed: "Postponed",
  test: "Test",
};

export const deviceClasses: Readonly<Record<Computer["deviceClass"], string>> = {
  workstation: "Workstation",
  portable: "Portable",
  server: "Server",
  "domain-controller": "Domain controller",
  "primary-domain-controller": "Primary domain controller",
};

export const osFamilies: Readonly<Record<Computer["osFamily"], string>> = {
  linux: "Linux",
  windows: "Windows",
  macos: "macOS",
};

/** A record as the options of a filter. */
export const optionsOf = <V extends string>(words: Readonly<Record<V, string | Said>>) =>
  (Object.entries(words) as [V, string | Said][]).map(([value, said]) => ({
    value,
    label: typeof said === "string" ? said : said.label,
  }));
