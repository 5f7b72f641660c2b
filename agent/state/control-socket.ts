import { createHash } from "node:crypto";
import { chmodSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { AgentError, errorCode } from "../errors";

const statusSchema = z.object({
  pid: z.number(),
  version: z.string(),
  connected: z.boolean(),
  jobId: z.string().nullable(),
  waiting: z.number(),
  undelivered: z.number(),
});
export type RunStatus = z.infer<typeof statusSchema>;

/** Paths of unix sockets may have 107 bytes. */
function socketPath(stateDir: string): string {
  const path = join(stateDir, "agent.sock");
  if (Buffer.byteLength(path) <= 100) return path;
  return join(tmpdir(), `evenkeel-agent-${createHash("sha256").update(stateDir).digest("hex").slice(0, 16)}.sock`);
}

/** What a running agent of this state directory says of itself; `null` when none runs. */
export function askStatus(stateDir: string): Promise<RunStatus | null> {
  return new Promise((resolve) => {
    const socket = connect(socketPath(stateDir));
    let text = "";
    const done = () => {
      socket.destroy();
      try {
        resolve(statusSchema.parse(JSON.parse(text)));
      } catch {
        resolve(null);
      }
    };
    socket.setTimeout(5_000, done);
    socket.on("data", (chunk) => {
      text += chunk.toString("utf8");
    });
    socket.on("end", done);
    socket.on("error", () => resolve(null));
  });
}

/**
 * Makes this process the one agent of a state directory, and answers `status`. The socket is the lock: it cannot be
 * listened on twice, and one that a killed agent left behind does not answer.
 */
export async function holdStateDir(stateDir: string, status: () => RunStatus): Promise<() => void> {
  const path = socketPath(stateDir);
  const running = await askStatus(stateDir);
  if (running !== null) {
    throw new AgentError("state", `Another agent (process ${running.pid}) already runs with ${stateDir}.`);
  }
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.end(JSON.stringify(status()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(new AgentError("state", `${path} cannot be opened (${errorCode(error) ?? "unknown error"}).`)),
    );
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  server.unref();
  return () => {
    server.close();
    rmSync(path, { force: true });
  };
}
