import type { ScriptResult, ScriptStep } from "../../server/agents/wire";
import type { LocalUser, Platform } from "../platform/platform";
import type { Interpreters } from "./interpreters";
import { secretTexts } from "./mask";
import { type OutputSink, ScriptOutput } from "./output";
import { runBash } from "./run-bash";
import { createPwshRunner } from "./run-pwsh";
import { failedOutcome, type ScriptOutcome } from "./script-run";
import { createWorkspace } from "./workspace";

/** Runs the scripts of one job, one after the other. `close` ends what was kept warm and removes every file. */
export function createScriptRunner(options: {
  jobId: string;
  platform: Platform;
  interpreters: Interpreters;
  killGraceMs: number;
  signal: AbortSignal;
  /** A new marker for a process tree. */
  nextMarker: () => string;
}) {
  const { platform, interpreters, killGraceMs, signal, nextMarker } = options;
  const workspace = createWorkspace(options.jobId);
  const pwsh = createPwshRunner({ platform, workspace, killGraceMs, nextMarker });

  const attempt = async (step: ScriptStep, output: ScriptOutput): Promise<ScriptOutcome> => {
    if (step.requiresElevation && !platform.isElevated()) {
      return failedOutcome("not-elevated", "The script needs root, and the agent does not run as root.");
    }
    let user: LocalUser | null = null;
    if (step.context === "user") {
      const context = await platform.findUserContext();
      if (context.kind === "none") return failedOutcome("no-user", context.reason);
      if (context.kind === "other") user = context.user;
    }
    const interpreter = await interpreters.prove(step.language);
    if (interpreter === null) {
      const name = step.language === "bash" ? "bash" : "PowerShell (pwsh)";
      return failedOutcome("no-interpreter", `This computer has no working ${name}.`);
    }
    const run = { step, interpreter, user, marker: nextMarker(), output, signal };
    return step.language === "bash" ? runBash(run, { platform, workspace, killGraceMs }) : pwsh.run(run);
  };

  return {
    async run(step: ScriptStep, sink: OutputSink): Promise<ScriptResult> {
      const output = new ScriptOutput(secretTexts(step), sink);
      const began = performance.now();
      const ended = await attempt(step, output);
      const outcome =
        ended.status === "cancelled" && signal.reason === "agent-stopping"
          ? { ...ended, status: "interrupted" as const, reason: "The agent was stopped while the script ran." }
          : ended;
      return { ...outcome, cutBytes: output.cutBytes, durationMs: Math.round((performance.now() - began) * 10) / 10 };
    },
    close(): void {
      pwsh.close();
      workspace.remove();
    },
  };
}
