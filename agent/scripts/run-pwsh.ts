import type { ScriptResult, ScriptStep } from "../../server/agents/wire";
import type { Platform } from "../platform/platform";
import { type HostMessage, type HostParameter, PwshHost } from "./pwsh-host";
import { describeTimeout, failedOutcome, type ScriptOutcome, type ScriptRun } from "./script-run";
import { cleanJson, mapJsonStrings } from "./value";
import type { Workspace } from "./workspace";

const HOST_START_MS = 60_000;
const MAX_ERRORS = 100;
const MAX_VALUE_LENGTH = 1024 * 1024;

/** The warm hosts of one job, one for each user that scripts run as. */
export function createPwshRunner(options: {
  platform: Platform;
  workspace: Workspace;
  killGraceMs: number;
  nextMarker: () => string;
}) {
  const hosts = new Map<number, PwshHost>();

  const hostFor = async (run: ScriptRun): Promise<PwshHost | null> => {
    const key = run.user?.uid ?? -1;
    const known = hosts.get(key);
    if (known?.alive) return known;
    const { platform, workspace, killGraceMs } = options;
    const { interpreter, user, signal } = run;
    const marker = options.nextMarker();
    const host = await PwshHost.start({
      interpreter,
      user,
      marker,
      platform,
      workspace,
      killGraceMs,
      signal,
      timeoutMs: HOST_START_MS,
    });
    if (host !== null) hosts.set(key, host);
    return host;
  };

  return {
    async run(run: ScriptRun): Promise<ScriptOutcome> {
      const host = await hostFor(run);
      if (run.signal.aborted) return failedOutcome("cancelled", "The job was cancelled before the script began.");
      if (host === null)
        return failedOutcome("no-interpreter", `${run.interpreter.path} did not answer as PowerShell does.`);
      return runInHost(host, run, options);
    },
    close(): void {
      for (const host of hosts.values()) host.close();
      hosts.clear();
    },
  };
}
export type PwshRunner = ReturnType<typeof createPwshRunner>;

/**
 * Parameters for splatting. Texts carry a leading character, because PowerShell's JSON reader would turn a text that
 * looks like a date into one.
 */
export function hostParameters(parameters: ScriptStep["parameters"]): HostParameter[] {
  return Object.entries(parameters).map(([name, value]) => {
    if (value === null) return { name, kind: "null" };
    if (typeof value === "string") return { name, kind: "text", value: `s${value}` };
    if (Array.isArray(value)) return { name, kind: "texts", value: value.map((entry) => `s${entry}`) };
    return { name, kind: "other", value };
  });
}

async function runInHost(
  host: PwshHost,
  run: ScriptRun,
  { platform, workspace, killGraceMs }: { platform: Platform; workspace: Workspace; killGraceMs: number },
): Promise<ScriptOutcome> {
  const { step, user, output, signal, marker } = run;
  // The mark at the beginning makes Windows PowerShell read the file as UTF-8 too.
  const path = workspace.write(user, "ps1", `\uFEFF${step.body}`);
  const errors: ScriptResult["errors"] = [];
  let ended: "timed-out" | "cancelled" | null = null;
  let killing: Promise<void> | null = null;
  const kill = (why: "timed-out" | "cancelled") => {
    if (ended !== null || host.pid === null) return;
    ended = why;
    killing = platform.killTree({ pid: host.pid, markers: [host.marker, marker] }, killGraceMs);
  };
  const timer = setTimeout(() => kill("timed-out"), step.timeoutSeconds * 1000);
  const onAbort = () => kill("cancelled");
  signal.addEventListener("abort", onAbort, { once: true });

  const last = await new Promise<Extract<HostMessage, { type: "done" }> | { exited: number | null }>((resolve) => {
    host.run(
      { path, marker, parameters: hostParameters(step.parameters) },
      {
        onRaw: (stream, bytes) => output.writeBytes(stream, bytes),
        onExit: (exited) => resolve({ exited }),
        onMessage: (message) => {
          if (message.type === "output") output.writeText(message.stream, message.text);
          else if (message.type === "error" && errors.length < MAX_ERRORS) errors.push(maskError(message, run));
          else if (message.type === "done") resolve(message);
        },
      },
    );
    if (signal.aborted) onAbort();
  });
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  if (killing !== null) await killing;
  output.end();

  // TypeScript cannot see that a callback may have set it by now.
  const why = ended as "timed-out" | "cancelled" | null;
  if (why === "timed-out") return { ...failedOutcome("timed-out", describeTimeout(step.timeoutSeconds)), errors };
  if (why === "cancelled") {
    return { ...failedOutcome("cancelled", "The script was ended because the job was cancelled."), errors };
  }
  if ("exited" in last) {
    return { ...failedOutcome("failed", "The script ended the PowerShell process it ran in.", last.exited), errors };
  }
  if (last.terminated) {
    const first = errors.find((error) => error.terminating)?.message ?? "an error ended the script";
    return { ...failedOutcome("failed", `The script was ended by an error: ${first}`, last.exitCode), errors };
  }
  if (last.exitCode !== 0) return { ...failedOutcome("failed", `Exit code ${last.exitCode}.`, last.exitCode), errors };
  return { ...readValue(last, run), errors };
}

function readValue(done: Extract<HostMessage, { type: "done" }>, run: ScriptRun): Omit<ScriptOutcome, "errors"> {
  const unreadable = (reason: string) => failedOutcome("failed", reason, done.exitCode);
  if (done.valueError !== null)
    return unreadable(`The last value cannot be written as JSON: ${run.output.mask(done.valueError)}`);
  if (done.value.length > MAX_VALUE_LENGTH) return unreadable("The last value is larger than 1 MiB as JSON.");
  try {
    const value = mapJsonStrings(cleanJson(JSON.parse(done.value)), (text) => run.output.mask(text));
    return { status: "completed", exitCode: 0, value, reason: null };
  } catch {
    return unreadable("The last value cannot be written as JSON.");
  }
}

function maskError(error: { message: string; terminating: boolean }, run: ScriptRun): ScriptResult["errors"][number] {
  return { message: run.output.mask(error.message).slice(0, 10_000), terminating: error.terminating };
}
