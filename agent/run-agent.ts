import { createCheckIn } from "./check-in";
import { readFacts } from "./facts";
import { JobQueue } from "./job/job-queue";
import type { Log } from "./log";
import { createHttp } from "./net/http";
import { keepStream } from "./net/stream";
import { importKeys } from "./net/verify-job";
import { createPlatform } from "./platform";
import { Delivery } from "./report/delivery";
import { createInterpreters } from "./scripts/interpreters";
import { holdStateDir } from "./state/control-socket";
import { requireEnrolled } from "./state/identity";
import { Journal } from "./state/journal";
import { Outbox } from "./state/outbox";
import type { Timing } from "./timing";
import { agentVersion } from "./version";

/** How long a stopping agent tries to deliver what it has; the rest waits on disk for the next start. */
const LAST_DELIVERY_MS = 5_000;

/** The agent itself: connected until `signal` aborts. @throws AgentError when it cannot even begin */
export async function runAgent({
  stateDir,
  timing,
  log,
  signal,
}: {
  stateDir: string;
  timing: Timing;
  log: Log;
  signal: AbortSignal;
}): Promise<void> {
  const platform = createPlatform({ stateDir });
  let identity = requireEnrolled(stateDir);
  const interpreters = createInterpreters();
  let connected = false;
  let undelivered = () => 0;
  let work = (): { jobId: string | null; waiting: number } => ({ jobId: null, waiting: 0 });
  const release = await holdStateDir(stateDir, () => ({
    pid: process.pid,
    version: agentVersion,
    connected,
    undelivered: undelivered(),
    ...work(),
  }));

  const bearer = () => `${identity.enrolled.agentId}.${identity.enrolled.agentSecret}`;
  const http = createHttp({ serverUrl: identity.serverUrl, bearer });
  const journal = new Journal(stateDir, Date.now());
  const outbox = new Outbox(stateDir);
  const facts = () => readFacts(platform, interpreters);
  const delivery = new Delivery({ http, outbox, timing, log, onRejected: (jobId) => queue.cancel(jobId) });
  undelivered = () => delivery.undelivered;
  let clockOffsetMs = 0;
  const queue = new JobQueue({
    agentId: identity.enrolled.agentId,
    keys: importKeys(identity.enrolled.signingKeys),
    http,
    journal,
    outbox,
    delivery,
    platform,
    interpreters,
    timing,
    log,
    serverNow: () => Date.now() + clockOffsetMs,
    readFacts: facts,
  });
  work = () => ({ jobId: queue.currentJobId, waiting: queue.waiting });

  for (const item of outbox.list()) delivery.add(item);
  await queue.recover();
  const checkIn = createCheckIn({ http, timing, log, readFacts: facts });
  const factsTimer = setInterval(() => {
    if (connected) void checkIn(false);
  }, timing.factsCheckMs);
  let lostStartTimer: NodeJS.Timeout | null = null;
  log(`agent ${agentVersion} starts for ${identity.serverUrl}`);

  try {
    await keepStream({
      http,
      timing,
      log,
      signal,
      handlers: {
        onHello: ({ serverTime }) => {
          log("connected");
          connected = true;
          clockOffsetMs = Date.parse(serverTime) - Date.now();
          delivery.wake();
          void checkIn(true);
          void platform.warmUp().catch(() => {});
          lostStartTimer ??= setTimeout(() => queue.recoverLostStarts(), timing.lostStartMs);
        },
        onJob: (jws) => queue.push(jws),
        onCancel: (jobId) => queue.cancel(jobId),
        onClosed: () => {
          connected = false;
        },
        onUnauthorized: () => {
          // Enrolled anew while running: the new secret is in the state directory.
          const before = bearer();
          const found = requireEnrolled(stateDir);
          if (found.enrolled.agentId === identity.enrolled.agentId) identity = found;
          return bearer() !== before;
        },
      },
    });
  } finally {
    clearInterval(factsTimer);
    if (lostStartTimer !== null) clearTimeout(lostStartTimer);
    await queue.stop();
    await delivery.drain(LAST_DELIVERY_MS);
    delivery.stop();
    http.close();
    journal.close();
    release();
    log("agent stopped");
  }
}
