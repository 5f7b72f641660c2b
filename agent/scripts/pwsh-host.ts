import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { chmodSync, chownSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { z } from "zod";
import { type LocalUser, MARKER_VARIABLE, type Platform } from "../platform/platform";
import { asProcessEnv } from "../processes";
import { type Interpreter, powershellEnvironment } from "./interpreters";
import { createMarkSplitter } from "./mark-splitter";
import { pwshHostScript } from "./pwsh-host-script";
import type { Workspace } from "./workspace";

const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), product: z.number(), version: z.string(), edition: z.string() }),
  z.object({ type: z.literal("output"), stream: z.enum(["stdout", "stderr", "verbose", "warning"]), text: z.string() }),
  z.object({ type: z.literal("error"), message: z.string(), terminating: z.boolean() }),
  z.object({
    type: z.literal("done"),
    terminated: z.boolean(),
    exitCode: z.number().int(),
    value: z.string(),
    valueError: z.string().nullable(),
  }),
]);
export type HostMessage = z.infer<typeof message>;
export type HostParameter =
  | { name: string; kind: "text"; value: string }
  | { name: string; kind: "texts"; value: string[] }
  | { name: string; kind: "null" }
  | { name: string; kind: "other"; value: number | boolean };

/** Who listens to the host while a script runs. */
export type HostListener = {
  onMessage: (message: HostMessage) => void;
  onRaw: (stream: "stdout" | "stderr", bytes: Buffer) => void;
  onExit: (exitCode: number | null) => void;
};

/**
 * One warm PowerShell process for all scripts of a job that run as the same user. It is fed over a socket of its own,
 * because a script may read stdin and write stdout; parameters cross that socket and never a file or command line.
 */
export class PwshHost {
  #listener: HostListener | null = null;
  #marks = 0;
  #onMarks: (() => void) | null = null;
  #gone = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly socket: Socket,
    private readonly server: Server,
    readonly marker: string,
  ) {}

  get alive(): boolean {
    return !this.#gone;
  }

  /** Starts a host and shakes hands with it; `null` when no PowerShell answers in time. */
  static async start(options: {
    interpreter: Interpreter;
    user: LocalUser | null;
    marker: string;
    platform: Platform;
    workspace: Workspace;
    timeoutMs: number;
    killGraceMs: number;
    signal: AbortSignal;
  }): Promise<PwshHost | null> {
    const { interpreter, user, marker, platform, workspace, signal } = options;
    const folder = workspace.folderFor(user);
    const script = workspace.write(user, "ps1", `\uFEFF${pwshHostScript}`);
    const socketPath = join(folder, `${randomBytes(6).toString("hex")}.sock`);
    const mark = randomBytes(16).toString("hex");
    const [left, right] = [randomInt(10_000, 99_999), randomInt(10_000, 99_999)];
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(socketPath, resolve);
    });
    chmodSync(socketPath, 0o600);
    if (user !== null) chownSync(socketPath, user.uid, user.gid);

    const plain = [interpreter.path, "-NoLogo", "-NoProfile", "-NonInteractive", "-File", script, socketPath, mark];
    const [file = "", ...args] =
      user === null
        ? [...plain, String(left), String(right)]
        : await platform.commandAs(user, [...plain, String(left), String(right)]);
    const child = spawn(file, args, {
      cwd: folder,
      env: asProcessEnv({ ...platform.scriptEnvironment(user), ...powershellEnvironment, [MARKER_VARIABLE]: marker }),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const killAll = async () => {
      if (child.pid !== undefined) await platform.killTree({ pid: child.pid, markers: [marker] }, options.killGraceMs);
    };
    const onAbort = () => void killAll();
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    const started = await new Promise<PwshHost | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), options.timeoutMs);
      const done = (host: PwshHost | null) => {
        clearTimeout(timer);
        resolve(host);
      };
      child.on("error", () => done(null));
      child.on("exit", () => done(null));
      server.once("connection", (socket) => {
        const host = new PwshHost(child, socket, server, marker);
        host.#listen(Buffer.from(`\u0002${mark}\n`, "latin1"), (ready) =>
          done(ready.product === left * right ? host : null),
        );
      });
    });
    signal.removeEventListener("abort", onAbort);
    if (started === null) {
      await killAll();
      server.close();
    }
    return started;
  }

  /** Runs one script file. What happens is told to `listener`, last of all `done` or the exit of the host. */
  run(request: { path: string; marker: string; parameters: readonly HostParameter[] }, listener: HostListener): void {
    this.#listener = listener;
    this.#marks = 0;
    if (this.#gone) listener.onExit(this.child.exitCode);
    else this.socket.write(`${JSON.stringify(request)}\n`);
  }

  close(): void {
    this.#listener = null;
    this.socket.end();
    this.server.close();
  }

  get pid(): number | null {
    return this.child.pid ?? null;
  }

  #listen(mark: Buffer, onReady: (ready: Extract<HostMessage, { type: "ready" }>) => void): void {
    const onMark = () => {
      this.#marks++;
      this.#onMarks?.();
    };
    for (const stream of ["stdout", "stderr"] as const) {
      const split = createMarkSplitter(mark, (bytes) => this.#listener?.onRaw(stream, bytes), onMark);
      this.child[stream]?.on("data", split);
    }
    this.socket.on("error", () => {});
    const onLine = (line: string) => {
      const parsed = message.safeParse(parseJson(line));
      if (!parsed.success) return;
      if (parsed.data.type === "ready") onReady(parsed.data);
      else if (parsed.data.type === "done") this.#finish(parsed.data);
      else this.#listener?.onMessage(parsed.data);
    };
    const decoder = new StringDecoder("utf8");
    let rest = "";
    this.socket.on("data", (chunk: Buffer) => {
      const lines = (rest + decoder.write(chunk)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    });
    this.child.on("close", (code) => {
      this.#gone = true;
      this.server.close();
      const listener = this.#listener;
      this.#listener = null;
      listener?.onExit(code);
    });
    this.child.on("exit", () => {
      this.#gone = true;
      // A child left behind may hold the pipes open; the exit counts all the same.
      setTimeout(() => {
        this.child.stdout?.destroy();
        this.child.stderr?.destroy();
      }, 200);
    });
  }

  /** `done` is passed on once both raw streams have shown their mark, so that no output comes after it. */
  #finish(done: HostMessage): void {
    const finish = () => {
      clearTimeout(timer);
      this.#onMarks = null;
      const listener = this.#listener;
      this.#listener = null;
      listener?.onMessage(done);
    };
    const timer = setTimeout(finish, 2_000);
    this.#onMarks = () => {
      if (this.#marks >= 2) finish();
    };
    this.#onMarks();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
