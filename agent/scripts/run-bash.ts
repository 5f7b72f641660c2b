import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { ScriptStep } from "../../server/agents/wire";
import { messageOf } from "../errors";
import { MARKER_VARIABLE, type Platform, type ScriptEnvironment } from "../platform/platform";
import { asProcessEnv } from "../processes";
import { describeTimeout, failedOutcome, type ScriptOutcome, type ScriptRun } from "./script-run";
import { parseBashValue } from "./value";
import type { Workspace } from "./workspace";

/** How long output may still come after a script has ended while something it left behind holds the pipe open. */
const LINGER_MS = 200;

/**
 * Parameters as `EK_<name>`: text as it is, numbers and booleans as JavaScript prints them, arrays as JSON, `null` not
 * at all. The environment, not the command line, because every user may read command lines.
 */
export function bashParameters(parameters: ScriptStep["parameters"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === null ? [] : [[`EK_${name}`, Array.isArray(value) ? JSON.stringify(value) : String(value)]],
    ),
  );
}

/**
 * Runs one bash script in a process and session of its own: a shell starts in about 2 ms, so sharing one between
 * scripts would save little and let them disturb each other.
 */
export async function runBash(
  run: ScriptRun,
  { platform, workspace, killGraceMs }: { platform: Platform; workspace: Workspace; killGraceMs: number },
): Promise<ScriptOutcome> {
  const { step, user, output, signal, marker } = run;
  const path = workspace.write(user, "sh", step.body);
  const plain = [run.interpreter.path, "--noprofile", "--norc", path];
  const [file, ...args] = user === null ? plain : await platform.commandAs(user, plain);
  if (file === undefined) return failedOutcome("no-interpreter", "There is no command that runs bash here.");
  let environment: ScriptEnvironment;
  let child: ReturnType<typeof spawnScript>;
  try {
    environment = {
      ...platform.scriptEnvironment(user),
      [MARKER_VARIABLE]: marker,
      ...bashParameters(step.parameters),
    };
    child = spawnScript(file, args, workspace.folderFor(user), environment);
  } catch (error) {
    // Among others a parameter with a NUL, which no environment can hold.
    return failedOutcome("failed", `The script could not be started: ${messageOf(error)}.`);
  }

  let ended: "timed-out" | "cancelled" | null = null;
  let killing: Promise<void> | null = null;
  const kill = (why: "timed-out" | "cancelled") => {
    if (ended !== null || child.pid === undefined) return;
    ended = why;
    killing = platform.killTree({ pid: child.pid, markers: [marker] }, killGraceMs);
  };
  const onAbort = () => kill("cancelled");
  const timer = setTimeout(() => kill("timed-out"), step.timeoutSeconds * 1000);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();

  child.stdout.on("data", (chunk: Buffer) => output.writeBytes("stdout", chunk));
  child.stderr.on("data", (chunk: Buffer) => output.writeBytes("stderr", chunk));
  const closed = once(child, "close").catch(() => {});
  const exited = await new Promise<{ code: number | null; signalName: string | null; error: Error | null }>(
    (resolve) => {
      child.on("error", (error) => resolve({ code: null, signalName: null, error }));
      child.on("exit", (code, signalName) => resolve({ code, signalName, error: null }));
    },
  );
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  if (killing !== null) await killing;
  await Promise.race([closed, sleep(LINGER_MS)]);
  child.stdout.destroy();
  child.stderr.destroy();
  output.end();

  // TypeScript cannot see that a callback may have set it by now.
  const why = ended as "timed-out" | "cancelled" | null;
  if (why === "timed-out") return failedOutcome("timed-out", describeTimeout(step.timeoutSeconds));
  if (why === "cancelled") return failedOutcome("cancelled", "The script was ended because the job was cancelled.");
  if (exited.error !== null) return failedOutcome("failed", `bash could not be started: ${exited.error.message}.`);
  if (exited.code !== 0) {
    const how = exited.code === null ? `The script was ended by ${exited.signalName}` : `Exit code ${exited.code}`;
    const said = output.lastLine("stderr").trim();
    return failedOutcome("failed", said === "" ? `${how}.` : `${how}: ${said}`, exited.code);
  }
  return {
    status: "completed",
    exitCode: 0,
    value: parseBashValue(output.lastLine("stdout")),
    errors: [],
    reason: null,
  };
}

function spawnScript(file: string, args: readonly string[], cwd: string, env: ScriptEnvironment) {
  return spawn(file, args, { cwd, env: asProcessEnv(env), detached: true, stdio: ["ignore", "pipe", "pipe"] });
}
