import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

export type Captured = { exitCode: number | null; stdout: string; stderr: string };

/**
 * Runs a system tool of the agent's own (never a job's script) in the C locale, without a shell and without stdin.
 * Never throws: a tool that cannot be started or is too slow has `exitCode` null.
 */
export function capture(
  file: string,
  args: readonly string[],
  timeoutMs = 30_000,
  environment: Readonly<Record<string, string>> = {},
): Promise<Captured> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, LC_ALL: "C.UTF-8", LANGUAGE: "", ...environment },
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    const done = (exitCode: number | null) =>
      resolve({
        exitCode,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      });
    child.on("error", () => done(null));
    child.on("close", (code) => done(code));
  });
}

/** The full path of a program on PATH (system folders are looked at even when PATH lacks them); `null` if absent. */
export async function findProgram(name: string, path = process.env.PATH ?? ""): Promise<string | null> {
  const folders = [...path.split(delimiter).filter((folder) => folder.startsWith("/")), ...systemFolders];
  for (const folder of new Set(folders)) {
    const candidate = join(folder, name);
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {}
  }
  return null;
}

export const systemFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** An environment for `spawn`, whose declared type other packages widen with variables that a script has no use for. */
export function asProcessEnv(values: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = Object.create(null);
  return Object.assign(environment, values);
}
