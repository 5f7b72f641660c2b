import { fork } from "node:child_process";

const STOP_DEADLINE_MS = 12_000;

/** Why a child could not be made ready, in its own words. */
export class ChildProblem extends Error {}

/**
 * Starts a Node process that says `{ready: true, …}` over IPC and ends itself when this process is gone.
 * Its output goes to `logFile`, a file descriptor, or to this terminal.
 * @returns {Promise<{ message: any, process: import("node:child_process").ChildProcess, stop(): Promise<void> }>}
 */
export function startChild(file, args, { cwd, env, name, logFile = "inherit", readyMs = 60_000 }) {
  const child = fork(file, args, { cwd, env, stdio: ["ignore", logFile, logFile, "ipc"], detached: true });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new ChildProblem(`${name} was not ready after ${readyMs / 1000} s`));
    }, readyMs);
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      reject(new ChildProblem(`${name} ended while starting (${signal ?? `exit code ${code}`})`));
    });
    child.on("message", (message) => {
      if (message?.problem) {
        clearTimeout(timer);
        reject(new ChildProblem(message.problem));
      }
      if (message?.ready) {
        clearTimeout(timer);
        resolve({ message, process: child, stop: () => stopChild(child) });
      }
    });
  });
}

/** Asks it to end, and ends it when it does not. */
function stopChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE_MS);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
