import { countOf, formatSpan } from "@/app/_ui/format";
import type { Tone } from "@/app/_ui/pill";
import { progressOf } from "./progress";
import type { SessionDetail } from "./session-view";

const order = [
  "onboarding",
  "inventory",
  "resolution",
  "detection",
  "announcement",
  "execution",
  "verification",
] as const;
type StageName = (typeof order)[number];

export interface Stage {
  readonly name: StageName;
  readonly label: string;
  readonly state: "done" | "now" | "failed" | "waiting" | "skipped";
  readonly remark: string;
}

export const stageTones: Readonly<Record<Stage["state"], Tone>> = {
  done: "ok",
  now: "run",
  failed: "bad",
  waiting: "wait",
  skipped: "off",
};

const labels: Readonly<Record<StageName, string>> = {
  onboarding: "Onboarding",
  inventory: "Inventory",
  resolution: "Resolution",
  detection: "Detection",
  announcement: "Announced",
  execution: "Execution",
  verification: "Verification",
};

const spanOfJobs = (session: SessionDetail, purpose: string): string | null => {
  const spans = session.jobs
    .filter((job) => job.purpose === purpose && job.startedAt && job.endedAt)
    .map((job) => (job.endedAt?.getTime() ?? 0) - (job.startedAt?.getTime() ?? 0));
  return spans.length === 0 ? null : formatSpan(spans.reduce((sum, span) => sum + span, 0));
};

/** The stages of a session with what is to be said of each; onboarding only where there is one. */
export function stagesOf(session: SessionDetail, nowMs: number): Stage[] {
  const at = order.indexOf(session.stage);
  const { todo, quiet, doneCount, failedCount, runningNumber } = progressOf(session);
  const hasPlan = session.planFrozenAt !== null;
  const told = session.emails.filter((email) => email.kind === "before");
  const remarks: Record<StageName, string> = {
    onboarding: "",
    inventory: spanOfJobs(session, "inventory") ?? "",
    resolution: hasPlan ? `${countOf(todo.length + quiet.length, "item")} decided` : "",
    detection: hasPlan
      ? [`${quiet.length} compliant, ${todo.length} to do`, spanOfJobs(session, "detect")].filter(Boolean).join(" · ")
      : "",
    announcement: told.length > 0 ? `mail ${told.at(-1)?.status ?? ""}` : hasPlan ? "nobody was told" : "",
    execution: executionRemark(),
    verification: session.endedAt
      ? failedCount > 0
        ? `${failedCount} not as wanted`
        : "as planned"
      : "after the last action",
  };
  return order
    .filter((name) => name !== "onboarding" || session.kind === "onboarding")
    .map((name) => ({ name, label: labels[name], state: stateOf(name), remark: remarks[name] }));

  function executionRemark(): string {
    if (session.kind === "detection-only") return "not asked for";
    if (session.executionStartedAt === null) {
      if (session.endedAt) return hasPlan && todo.length === 0 ? "nothing to do" : "did not begin";
      return session.executionAt ? "at its time" : "";
    }
    const span = formatSpan((session.endedAt?.getTime() ?? nowMs) - session.executionStartedAt.getTime());
    return runningNumber === null
      ? `${doneCount} of ${todo.length} done · ${span}`
      : `action ${runningNumber} of ${todo.length} · ${span}`;
  }

  function stateOf(name: StageName): Stage["state"] {
    const index = order.indexOf(name);
    const didRun = index < at || (index === at && session.endedAt !== null);
    if (session.endedAt === null) {
      if (index < at) return name === "announcement" && told.length === 0 ? "skipped" : "done";
      if (name === "announcement" && index === at && told.length > 0) return "done";
      if (index > at) return "waiting";
      return session.status === "running" ? "now" : "waiting";
    }
    const isLast = index === at;
    if (isLast && (session.status === "failed" || session.status === "missed")) return "failed";
    if (isLast && session.status === "cancelled") return "skipped";
    if (name === "execution" || name === "verification") {
      if (session.executionStartedAt === null) return "skipped";
      return failedCount > 0 ? "failed" : "done";
    }
    if (name === "announcement" && told.length === 0) return "skipped";
    return didRun || session.status === "passed" || session.status === "partially-passed" ? "done" : "skipped";
  }
}
