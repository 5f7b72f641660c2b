import type { StepResult } from "@/server/agents/wire";
import type { ItemDetection, PlannedAction } from "@/server/core/plan";
import type { ActionResult } from "@/server/core/sessions";
import { compareToWanted, type VersionScheme } from "@/server/core/version";
import type { JobResults } from "../jobs/read-job-results";
import { describeFailure, needsReboot } from "./describe-script";

/** Steps that do the action carry keys that begin so; everything else in its job verifies. */
export const RUN_KEY_PREFIX = "run";

export type Judgement =
  | {
      readonly verdict: "settled";
      readonly result: Extract<ActionResult, "compliant" | "failed" | "cancelled">;
      /** Why it failed; null when it did not. */
      readonly reason: string | null;
      readonly resultVersion: string | null;
      readonly rebootPending: boolean;
    }
  /** Run it once more. */
  | { readonly verdict: "retry"; readonly reason: string }
  /** It never started, because the computer could not be reached. */
  | { readonly verdict: "unreachable"; readonly reason: string };

const TRIES = 3;

/**
 * What became of an action, from the end of its job, its scripts, and what was detected after them. An interrupted
 * action is run again only where it is marked safe; what was never started may always be.
 */
export function judgeAction(input: {
  readonly action: PlannedAction;
  readonly attempt: number;
  readonly job: JobResults & { readonly wasStarted: boolean };
  /** Undefined: the job did not come so far. */
  readonly verification: ItemDetection | undefined;
  readonly scheme: VersionScheme;
}): Judgement {
  const { action, attempt, job, verification } = input;
  const failed = (reason: string, rebootPending = false): Judgement => ({
    verdict: "settled",
    result: "failed",
    reason,
    resultVersion: verification?.outcome === "detected" ? verification.version : null,
    rebootPending,
  });
  const ending = job.endReason ?? "The agent did not say why.";
  switch (job.status) {
    case "finished":
      break;
    case "cancelled":
      return failedAs("cancelled", "It was cancelled.");
    case "interrupted":
      if (!action.safeToRetry) {
        return failed(`It was interrupted, and it is not marked as safe to run again. ${ending}`);
      }
      if (attempt >= TRIES) return failed(`It was interrupted ${attempt} times. ${ending}`);
      return { verdict: "retry", reason: `It was interrupted and is run again. ${ending}` };
    case "queued":
    case "expired":
    case "started":
      if (!job.wasStarted) return { verdict: "unreachable", reason: "The computer could not be reached in time." };
      return failed(job.status === "started" ? "Nothing was heard of it within its time limit." : ending);
    case "refused":
      return failed(`The agent refused it. ${ending}`);
  }
  const scripts = Object.entries(job.results).flatMap(([key, result]) =>
    key.startsWith(RUN_KEY_PREFIX) && result.kind === "script" ? [result.script] : [],
  );
  if (scripts.length === 0) return failed("The agent sent no result for it.");
  const rebootPending = scripts.some(needsReboot);
  for (const script of scripts) {
    const failure = describeFailure(script);
    if (failure !== null) return failed(failure, rebootPending);
  }
  const problem = verify(action, verification, input.scheme);
  if (problem !== null) return failed(problem, rebootPending);
  return {
    verdict: "settled",
    result: "compliant",
    reason: null,
    resultVersion: verification?.outcome === "detected" ? verification.version : null,
    rebootPending,
  };
}

const failedAs = (result: "cancelled", reason: string): Judgement => ({
  verdict: "settled",
  result,
  reason,
  resultVersion: null,
  rebootPending: false,
});

/** What is still not as wanted after the scripts ran, or null. */
function verify(action: PlannedAction, found: ItemDetection | undefined, scheme: VersionScheme): string | null {
  if (found === undefined) return "It ran, but whether it helped was not found out.";
  if (found.outcome === "failed") return `It ran, but whether it helped could not be detected: ${found.reason}`;
  if (action.type === "task") {
    return found.compliant === false ? "The test still says no after the script that sets it ran." : null;
  }
  if (action.type === "uninstall") {
    return found.version === null ? null : `Version ${found.version} is still detected after the uninstallation.`;
  }
  if (found.version === null) return "It is still not detected after the installation.";
  if (found.compliant === false) return "It was installed, but its test still says no.";
  const wanted = action.wantedVersion;
  if (wanted === null) return null;
  const order = compareToWanted(found.version, wanted, scheme);
  const tooHigh = action.type === "downgrade" && order === 1;
  // A newer version than asked is no failure, but where a lower one was the point.
  if (order === -1 || tooHigh) return `Version ${found.version} is detected after it ran, not ${wanted}.`;
  return null;
}

/** Scripts' results of a job by step key, as core reads them. */
export const toAnswers = (results: Readonly<Record<string, StepResult>>) =>
  Object.entries(results).map(([stepKey, result]) => ({ stepKey, result }));
