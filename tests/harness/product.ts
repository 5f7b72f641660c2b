import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** The product as `npm start` runs it. */
export interface Product {
  readonly folder: string;
  readonly url: string;
  /** Shown at the first start only. */
  readonly password: string | null;
  readonly startedInMs: number;
  /** Everything the command has printed. */
  output(): string;
  /** Ctrl-C, and waits until everything has ended. */
  stop(): Promise<void>;
  /** `kill -9` on the supervisor; waits until it is gone. */
  kill(): Promise<void>;
  /** The process ids of the server's own process. */
  serverPids(): number[];
}

/** A copy of the checkout's files, without anything installed or built, that other users may walk into. */
export function copyCheckout(): string {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-product-"));
  chmodSync(folder, 0o755);
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of listed.split("\0").filter((name) => name !== "")) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(folder, file), { force: true });
  }
  return folder;
}

export const removeCopy = (folder: string) => rmSync(folder, { recursive: true, force: true });

/** A port nobody listens on now. */
export async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** Runs `npm start` in `folder` and waits until it says where it runs. */
export async function startProduct(
  folder: string,
  options: { port: number; env?: Record<string, string>; args?: string[]; timeoutMs?: number },
): Promise<Product> {
  const startedAt = performance.now();
  const child = spawn("npm", ["start", "--silent", "--", ...(options.args ?? [])], {
    cwd: folder,
    env: { ...withoutSettings(process.env), PORT: String(options.port), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`npm start ${why}; it said:\n${output}`));
    const timer = setTimeout(() => fail("was not ready in time"), options.timeoutMs ?? 600_000);
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with exit code ${code}`);
    });
    child.stdout.on("data", () => {
      if (!output.includes("Ctrl-C stops everything")) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const url = /Evenkeel runs at\s+(\S+)/.exec(output)?.[1] ?? `http://127.0.0.1:${options.port}`;
  return {
    folder,
    url,
    password: /Password\s+([a-z0-9-]{19})\s/.exec(output)?.[1] ?? null,
    startedInMs: performance.now() - startedAt,
    output: () => output,
    stop: () => end(child, "SIGINT"),
    kill: () => end(child, "SIGKILL"),
    serverPids: () => findPids(join(folder, ".build", "main.mjs")),
  };
}

/** What the person at the keyboard would have: none of the settings that test runs carry. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const dropped = /^(VITEST|NODE_ENV|DATABASE_URL|EVENKEEL_|INNGEST_|AUTH_|RESEND_|HOST$|PUBLIC_URL|npm_)/;
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => !dropped.test(name))), NODE_ENV: "production" };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  const pid = child.pid;
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    // The whole group, as the terminal does.
    process.kill(-pid, signal);
  });
}

function findPids(argument: string): number[] {
  try {
    return execFileSync("pgrep", ["-f", argument], { encoding: "utf8" }).trim().split("\n").map(Number);
  } catch {
    return [];
  }
}
