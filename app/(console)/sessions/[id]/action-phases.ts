import type { SessionAction } from "./session-view";

export interface Phase {
  readonly label: string;
  /** 0 to 1; null is under way. */
  readonly value: number | null;
  readonly tone: "ok" | "run" | "bad" | "warn";
}

/** Detect, execute, verify (or test, set, test), each as a bar. */
export function phasesOf(action: SessionAction): Phase[] {
  const isTask = action.itemKind === "task";
  const [first, second, third] = isTask ? ["Test", "Set", "Test"] : ["Detect", "Execute", "Verify"];
  const failed = action.result === "failed";
  const changes = !["none", "audit", "monitor"].includes(action.type);
  const needsChange = isTask && changes;
  const phases: Phase[] = [{ label: first ?? "", value: 1, tone: needsChange ? "warn" : "ok" }];
  if (!changes)
    return action.type === "audit" && action.result === "not-compliant"
      ? [{ label: "Audit", value: 1, tone: "warn" }]
      : phases;
  const began = action.startedAt !== null;
  const verifies = action.status === "verifying";
  const done = action.result === "compliant";
  const executed = done || verifies || action.result === "not-compliant" || action.resultVersion !== null;
  phases.push({
    label: second ?? "",
    value: executed ? 1 : action.status === "running" ? null : failed && began ? 1 : 0,
    tone: executed ? "ok" : failed ? "bad" : "run",
  });
  phases.push({
    label: third ?? "",
    value: done ? 1 : verifies ? null : action.result === "not-compliant" || (failed && executed) ? 1 : 0,
    tone: done ? "ok" : verifies ? "run" : "bad",
  });
  return phases;
}
