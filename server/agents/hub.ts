import { hostname } from "node:os";
import type { Runtime } from "@/server/runtime";
import { type PresenceChange, recordPresence } from "@/server/services/agents/record-presence";
import { PULSE_SECONDS, pulseHub, registerHub, unregisterHub } from "@/server/services/agents/register-hub";
import { loadSigningKeys } from "@/server/services/agents/signing-keys";
import type { Signal } from "@/server/services/context";
import { expireJobs } from "@/server/services/jobs/expire-jobs";
import { listWaitingJobs, loadWaitingJobs } from "@/server/services/jobs/load-waiting-jobs";
import { createBatcher } from "./batcher";
import { type Connection, Connections, type Sink, send } from "./connections";
import { describeFault } from "./describe-fault";
import { encodeEvent } from "./events";
import { createJobSigner, type JobSigner } from "./sign-job";
import { KEEP_ALIVE_SECONDS, PROTOCOL_VERSION } from "./wire";

/** Holds the live connections of agents in one process: presence, pushing jobs, keep-alive. */
export interface Hub {
  readonly id: string;
  readonly connectionCount: number;
  /** Takes over a stream whose headers are sent. The newest connection of an agent is the one that counts. */
  connect(agentId: string, sink: Sink): Connection;
  /** To be called once the stream has ended, by whichever side. */
  disconnect(connection: Connection): void;
  /** Resolves when everything that has happened so far is in the database and pushed. */
  settled(): Promise<void>;
  /** Says `bye` to all, and takes the hub out of the database. */
  close(): Promise<void>;
}

const PRESENCE_BATCH = 1000;
const JOB_BATCH = 50;
/** How soon agents come back after a planned stop; each adds its own jitter. */
const RECONNECT_AFTER_MS = 2000;
/** For one that was replaced: its successor is there already. */
const RECONNECT_AFTER_REPLACED_MS = 60_000;

/** Starts a hub. `name` tells hosts and ports apart; a hub of the same name that died is cleared away. */
export async function startHub(runtime: Runtime, name = `${hostname()}:${runtime.env.PORT}`): Promise<Hub> {
  const { clock, logger } = runtime;
  const ctx = runtime.systemContext("hub");
  const id = `${name}/${runtime.ids.uuid()}`;
  const connections = new Connections();
  const underWay = new Set<Promise<unknown>>();
  /** Agents that have just connected, until everything that waited for them has gone out. */
  const greeting = new Map<string, Promise<unknown>>();
  let signer: Promise<JobSigner> | undefined;
  let closed = false;

  await registerHub({ ctx, input: { id, name } });

  function track(work: Promise<unknown>, what: string): void {
    const done = work
      .catch((error: unknown) => logger.error({ err: describeFault(error) }, what))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

  const presence = createBatcher<PresenceChange, void>(async (all) => {
    // Someone who came and went meanwhile counts once, with what is true now.
    const newest = new Map(all.map((change) => [change.agentId, change]));
    await recordPresence({ ctx, input: { hubId: id, changes: [...newest.values()] } });
    return [];
  }, PRESENCE_BATCH);

  const waiting = createBatcher<string, void>(async (agentIds) => {
    const { queued, stopping } = await listWaitingJobs({ ctx, input: { agentIds } });
    for (const { agentId, jobId } of stopping) tell(agentId, encodeEvent("cancel", { jobId }));
    await Promise.all(queued.map(({ jobId }) => pushes.add(jobId)));
    return [];
  }, PRESENCE_BATCH);

  const pushes = createBatcher<string, void>(async (jobIds) => {
    signer ??= loadSigningKeys(ctx).then(([key]) => createJobSigner(key));
    const sign = await signer;
    for (const job of await loadWaitingJobs({ ctx, input: { jobIds } })) {
      if (!connections.get(job.agentId)) continue;
      const jws = await sign({ ...job, issuedAt: clock.now().toISOString() });
      tell(job.agentId, encodeEvent("job", { jws }));
    }
    return [];
  }, JOB_BATCH);

  async function pulse(): Promise<void> {
    const { wasGone } = await pulseHub({ ctx, input: { id, name } });
    if (!wasGone) return;
    const at = clock.now();
    await Promise.all(connections.all().map(({ agentId }) => presence.add({ agentId, connected: true, at })));
  }

  /** Not before what waited for the agent when it connected: the oldest goes first. */
  async function pushInTurn(agentId: string, jobId: string): Promise<void> {
    await greeting.get(agentId)?.catch(() => {});
    await pushes.add(jobId);
  }

  async function greet(agentId: string, at: Date): Promise<void> {
    try {
      await presence.add({ agentId, connected: true, at });
    } finally {
      await waiting.add(agentId);
    }
  }

  function tell(agentId: string, event: string): void {
    const connection = connections.get(agentId);
    if (connection) send(connection, event);
  }

  function part(connection: Connection, reconnectAfterMs: number, reason: string): void {
    send(connection, encodeEvent("bye", { reconnectAfterMs, reason }));
    connection.sink.end();
  }

  const stopListening = runtime.signals.subscribe((signal: Signal) => {
    if (signal.channel === "agents") {
      const connection = connections.get(signal.agentId);
      if (connection) part(connection, RECONNECT_AFTER_REPLACED_MS, "This agent was revoked.");
    }
    if (signal.channel !== "jobs" || !connections.get(signal.agentId)) return;
    if (signal.what === "cancelled") tell(signal.agentId, encodeEvent("cancel", { jobId: signal.jobId }));
    else
      track(pushInTurn(signal.agentId, signal.jobId), "a job could not be pushed; it goes out on the next connection");
  });

  const stopKeepAlive = repeat(1000, () => connections.keepAlive());
  const stopSweep = repeat(PULSE_SECONDS * 1000, () => {
    track(pulse(), "the hub could not say that it lives");
    track(expireJobs({ ctx }), "jobs past their deadline could not be ended");
  });
  track(expireJobs({ ctx }), "jobs past their deadline could not be ended");

  function repeat(everyMs: number, run: () => void): () => void {
    let cancel = () => {};
    const arm = () => {
      cancel = clock.setTimer(clock.now().getTime() + everyMs, () => {
        run();
        arm();
      });
    };
    arm();
    return () => cancel();
  }

  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay);
  }

  return {
    id,
    get connectionCount() {
      return connections.size;
    },
    connect(agentId, sink) {
      const connection = { agentId, sink };
      const now = clock.now();
      const replaced = connections.add(connection);
      if (replaced)
        part(replaced, RECONNECT_AFTER_REPLACED_MS, "Another connection of this agent has taken its place.");
      const hello = { protocol: PROTOCOL_VERSION, serverTime: now.toISOString(), keepAliveSeconds: KEEP_ALIVE_SECONDS };
      send(connection, encodeEvent("hello", { ...hello, protocol: PROTOCOL_VERSION }));
      if (closed) part(connection, RECONNECT_AFTER_MS, "The server is stopping.");
      else {
        const greeted = greet(agentId, now).finally(() => {
          if (greeting.get(agentId) === greeted) greeting.delete(agentId);
        });
        greeting.set(agentId, greeted);
        track(greeted, "a connection could not be written down, or what waited for it could not be pushed");
      }
      return connection;
    },
    disconnect(connection) {
      if (!connections.remove(connection) || closed) return;
      const change = { agentId: connection.agentId, connected: false, at: clock.now() };
      track(presence.add(change), "the end of a connection could not be written down");
    },
    settled,
    async close() {
      if (closed) return;
      closed = true;
      stopKeepAlive();
      stopSweep();
      stopListening();
      for (const connection of connections.all()) part(connection, RECONNECT_AFTER_MS, "The server is stopping.");
      await settled();
      await unregisterHub({ ctx, input: { id } });
    },
  };
}
