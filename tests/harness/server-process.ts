import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { buildIfNeeded } from "@/server/start/build.mjs";

const root = join(import.meta.dirname, "..", "..");

const readyMessage = z.object({ ready: z.literal(true), password: z.string().nullable() });

export interface ServerProcess {
  /** Shown once, where a new one was asked for. */
  readonly password: string | null;
  stop(): Promise<void>;
}

/**
 * The server's own process as its supervisor runs it, built from this checkout, with settings of the test's choice:
 * PORT, DATABASE_URL and EVENKEEL_SECRET at least. Resolves when it is ready.
 */
export async function startServerProcess(environment: Record<string, string>): Promise<ServerProcess> {
  await buildIfNeeded(root);
  const dropped = /^(VITEST|AUTH_|INNGEST_|RESEND_|EVENKEEL_|PUBLIC_URL)/;
  const child = spawn(process.execPath, [join(root, ".build", "main.mjs")], {
    cwd: root,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !dropped.test(name))),
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      LOG_LEVEL: "warn",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += String(chunk);
    });
  }
  const message = await new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
  const ready = readyMessage.safeParse(message);
  if (!ready.success) throw new Error(`The server did not start: ${JSON.stringify(message)}\n${output}`);
  return { password: ready.data.password, stop: () => stop(child) };
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
