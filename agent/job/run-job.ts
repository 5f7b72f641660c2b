import type { JobSpec, JobStep, MachineFacts, StepResult } from "../../server/agents/wire";
import { messageOf } from "../errors";
import type { Platform } from "../platform/platform";
import type { JobReport } from "../report/job-report";
import type { Interpreters } from "../scripts/interpreters";
import { createScriptRunner } from "../scripts/run-script";
import { createMachineReader } from "./read-machine";

/** Why a running job was told to stop. */
export type StopReason = "cancelled" | "agent-stopping";

/** Every process that a job starts carries a marker that begins so. */
export function markerPrefix(jobId: string): string {
  return `${jobId}/`;
}

/**
 * Runs the steps of a job in order and reports each as it ends. A failing script does not stop the job: what may follow
 * what is the server's decision. Resolves when the end was reported.
 */
export async function runJob({
  spec,
  report,
  signal,
  platform,
  interpreters,
  killGraceMs,
  now,
  readFacts,
}: {
  spec: JobSpec;
  report: JobReport;
  /** Aborted with a StopReason. */
  signal: AbortSignal;
  platform: Platform;
  interpreters: Interpreters;
  killGraceMs: number;
  now: () => Date;
  readFacts: () => Promise<MachineFacts>;
}): Promise<void> {
  let markers = 0;
  const nextMarker = () => `${markerPrefix(spec.jobId)}${++markers}`;
  const machine = createMachineReader(platform, now);
  const scripts = createScriptRunner({ jobId: spec.jobId, platform, interpreters, killGraceMs, signal, nextMarker });

  const runStep = async (step: JobStep): Promise<StepResult> => {
    switch (step.kind) {
      case "facts":
        return { kind: "facts", facts: await readFacts() };
      case "inventory":
        return { kind: "inventory", ...(await machine.inventory()) };
      case "detect":
        return { kind: "detect", detections: await machine.detect(step.items) };
      case "script": {
        const script = await scripts.run(step, (stream, text) => report.output(step.key, stream, text));
        machine.forget();
        return { kind: "script", script };
      }
    }
  };

  try {
    for (const step of spec.steps) {
      if (signal.aborted) break;
      const startedAt = now();
      report.result(step.key, startedAt, await runStep(step));
    }
    if (!signal.aborted) report.end("finished", null);
    else if (signal.reason === "agent-stopping") report.end("interrupted", "The agent was stopped while the job ran.");
    else report.end("cancelled", "The job was cancelled.");
  } catch (error) {
    report.end("interrupted", `The agent failed while it ran the job: ${messageOf(error)}`);
  } finally {
    scripts.close();
  }
}
