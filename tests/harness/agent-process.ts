import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildAgent } from "../../agent/build.mjs";
import { type AgentHub, ENROLLMENT_KEY } from "./agent-hub";

/**
 * Bundles the agent into a folder of its own; gives the path of the bundle. Beside it lies a folder with a `pwsh` that
 * does nothing: proving a real one takes a second, which only the tests of PowerShell should pay.
 */
export async function bundleAgent(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), "evenkeel-bundle-"));
  await mkdir(join(outDir, "no-powershell"));
  await writeFile(join(outDir, "no-powershell", "pwsh"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  return (await buildAgent({ outDir })).bundlePath;
}

export type Finished = { exitCode: number | null; stdout: string; stderr: string };

/** Fast enough for tests, with every rule still in force. */
export const quickTiming = { firstRetryMs: 50, maxRetryMs: 200, flushMs: 20, lostStartMs: 400, killGraceMs: 300 };

/** One agent with a state directory of its own, run as real processes of the bundle. */
export class AgentProcess {
  readonly stateDir: string;
  agentId = "";
  log = "";
  #child: ChildProcess | null = null;

  private constructor(
    private readonly bundle: string,
    stateDir: string,
    private readonly environment: Record<string, string>,
    private readonly launcher: readonly string[],
  ) {
    this.stateDir = stateDir;
  }

  /** @param launcher a program, with arguments, that becomes the rest of its command line, such as `nsenter … --` */
  static async create(
    bundle: string,
    environment: Record<string, string> = {},
    launcher: readonly string[] = [],
  ): Promise<AgentProcess> {
    const stateDir = await mkdtemp(join(tmpdir(), "evenkeel-state-"));
    return new AgentProcess(bundle, stateDir, environment, launcher);
  }

  command(...args: string[]): Promise<Finished> {
    return new Promise((resolve) => {
      const child = this.#spawn(args);
      let stdout = "";
      let stderr = "";
      child.stdout?.on("data", (chunk) => {
        stdout += String(chunk);
      });
      child.stderr?.on("data", (chunk) => {
        stderr += String(chunk);
      });
      child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
    });
  }

  async enroll(hub: AgentHub): Promise<string> {
    const done = await this.command("enroll", "--server", hub.url, "--key", ENROLLMENT_KEY, "--state", this.stateDir);
    if (done.exitCode !== 0) throw new Error(`enroll failed: ${done.stderr}`);
    this.agentId = /agent ([0-9a-f-]{36})/.exec(done.stdout)?.[1] ?? "";
    return this.agentId;
  }

  /** Starts `run`; does not wait for a connection. */
  start(): void {
    const child = this.#spawn(["run", "--state", this.stateDir]);
    child.stderr?.on("data", (chunk) => {
      this.log += String(chunk);
    });
    this.#child = child;
  }

  async enrollAndConnect(hub: AgentHub): Promise<string> {
    await this.enroll(hub);
    this.start();
    await hub.connected(this.agentId);
    return this.agentId;
  }

  /** Ends the process and waits for it to be gone; gives its exit code. */
  async end(signal: "SIGKILL" | "SIGTERM" = "SIGTERM"): Promise<number | null> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return child?.exitCode ?? null;
    const gone = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill(signal);
    return gone;
  }

  read(name: string): Promise<string> {
    return readFile(join(this.stateDir, name), "utf8").catch(() => "");
  }

  async dispose(): Promise<void> {
    await this.end("SIGKILL");
    // A tool that the killed agent had started may still be writing.
    await rm(this.stateDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  #spawn(args: readonly string[]): ChildProcess {
    const [program = process.execPath, ...rest] = [...this.launcher, process.execPath, this.bundle, ...args];
    return spawn(program, rest, {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PATH: `${join(dirname(this.bundle), "no-powershell")}:${process.env.PATH}`,
        EVENKEEL_AGENT_TIMING: JSON.stringify(quickTiming),
        ...this.environment,
      },
    });
  }
}
