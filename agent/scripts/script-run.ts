import type { ScriptResult, ScriptStep } from "../../server/agents/wire";
import type { LocalUser } from "../platform/platform";
import type { Interpreter } from "./interpreters";
import type { ScriptOutput } from "./output";

/** One script about to run: everything its runner needs. */
export type ScriptRun = {
  step: ScriptStep;
  interpreter: Interpreter;
  /** Whom to run as; `null` is the agent's own user. */
  user: LocalUser | null;
  /** Carried in the environment of everything the script starts. */
  marker: string;
  output: ScriptOutput;
  /** Aborted when the job is cancelled or the agent stops. */
  signal: AbortSignal;
};

/** How a script ended; the caller adds how long it took and how much output was cut. */
export type ScriptOutcome = Pick<ScriptResult, "status" | "exitCode" | "value" | "errors" | "reason">;

export function failedOutcome(
  status: Exclude<ScriptResult["status"], "completed">,
  reason: string,
  exitCode: number | null = null,
): ScriptOutcome {
  return { status, exitCode, value: null, errors: [], reason: reason.slice(0, 1000) };
}

export function describeTimeout(timeoutSeconds: number): string {
  return `The script was still running after ${timeoutSeconds} s and was ended with everything it started.`;
}
