import { randomUUID } from "node:crypto";
import { type JobSpec, startResponse } from "../../server/agents/wire";
import { backoffMs } from "../net/backoff";
import { type Http, NetworkError } from "../net/http";
import { pause } from "../net/pause";
import type { Journal } from "../state/journal";
import type { Timing } from "../timing";

export type StartOutcome =
  | "granted"
  /** The server said no, the job expired or the wait was given up: nothing may run. */
  | "dropped"
  /** An earlier try may have been granted without this agent hearing of it: nothing ran, and the server must be told. */
  | "lost";

/**
 * Asks for the start of a job until there is an answer or the job expires. Every try carries the same `startId`, kept in
 * the journal, so that a server which granted a try whose reply was lost grants the next one too.
 */
export async function startJob({
  spec,
  http,
  journal,
  timing,
  signal,
  serverNow,
  log,
}: {
  spec: JobSpec;
  http: Http;
  journal: Journal;
  timing: Timing;
  signal: AbortSignal;
  serverNow: () => number;
  log: (message: string) => void;
}): Promise<StartOutcome> {
  const { jobId, fence, expiresAt } = spec;
  const startId = journal.get(jobId)?.startId ?? randomUUID();
  // An intent that was there before is of a try whose outcome nobody knows.
  let unknown = journal.get(jobId) !== undefined;
  if (!unknown) journal.intend({ jobId, fence, startId, expiresAt });

  for (let attempt = 1; ; attempt++) {
    if (signal.aborted || Date.parse(expiresAt) <= serverNow()) return unknown ? "lost" : "dropped";
    let waitMs: number | null = null;
    try {
      const timeoutMs = timing.requestTimeoutMs;
      const reply = await http.post(`/jobs/${jobId}/start`, { fence, startId }, { timeoutMs, signal });
      if (reply.status === 200 && startResponse.safeParse(reply.body).success) return "granted";
      const again = reply.status === 401 || reply.status === 408 || reply.status === 429 || reply.status >= 500;
      if (!again) {
        log(`job ${jobId} was not started: ${reply.code ?? reply.message}`);
        return unknown && reply.code === "already-started" ? "lost" : "dropped";
      }
      waitMs = reply.retryAfterMs;
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      unknown = true;
    }
    const firstMs = Math.min(1_000, timing.firstRetryMs);
    await pause(waitMs ?? backoffMs({ attempt, firstMs, maxMs: timing.maxRetryMs, random: Math.random() }), signal);
  }
}
