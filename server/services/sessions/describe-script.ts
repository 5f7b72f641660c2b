import type { ScriptResult } from "@/server/agents/wire";

/** Exit codes that mean done, with a restart still to come; Windows Installer's, which others follow. */
const REBOOT_CODES = new Set([3010, 1641]);

const byStatus: Record<Exclude<ScriptResult["status"], "completed">, string> = {
  failed: "The script failed.",
  "timed-out": "The script took longer than it may and was ended.",
  cancelled: "The script was ended because the session was cancelled.",
  interrupted: "The script was interrupted before it ended.",
  "no-user": "Nobody was signed in on the computer, and the script runs as the signed-in user.",
  "not-elevated": "The agent on the computer does not run with administrative rights, which this needs.",
  "no-interpreter": "The computer has no interpreter for the script's language.",
};

export const needsReboot = (script: ScriptResult): boolean =>
  script.exitCode !== null && REBOOT_CODES.has(script.exitCode);

/** Why a script did not do its work, for a person; null when it did. */
export function describeFailure(script: ScriptResult): string | null {
  if (needsReboot(script)) return null;
  if (script.status !== "completed") return script.reason ?? byStatus[script.status];
  if (script.exitCode !== null && script.exitCode !== 0) return `The script ended with exit code ${script.exitCode}.`;
  const terminating = script.errors.find((error) => error.terminating);
  return terminating ? terminating.message : null;
}
