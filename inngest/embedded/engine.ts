import { randomInt } from "node:crypto";
import { sql } from "drizzle-orm";
import { createBatcher } from "./batcher";
import { cancelRun } from "./cancel";
import type { EngineContext } from "./context";
import { RegistrationError } from "./function-config";
import { createFacade } from "./http";
import { type EngineLink, linkFor, NEWS_CHANNEL } from "./link";
import { createAppClient } from "./protocol";
import { createPublisher } from "./publish";
import { loadFunctions, registerFunctions } from "./registration";
import { FunctionRegistry } from "./registry";
import { RunQueue } from "./run-queue";
import { mergeWrites, type Write, type WriteResult } from "./store/shapes";
import { writeAll } from "./store/write";
import { recoverDead, Timekeeper } from "./timekeeper";
import { DEFAULT_LIMITS, type Engine, type EngineLogger, type EngineOptions } from "./types";

const MOST_WRITES_A_BATCH = 200;
const REGISTER_AGAIN_MS = 1000;

const silent: EngineLogger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * A durable-function engine for one machine: what an Inngest server does, in this process, with its state in the
 * database the app has anyway. The functions behind `transport` are ordinary Inngest functions and know nothing of it.
 */
export function createEmbeddedEngine(options: EngineOptions): Engine {
  const { db, clock, logger = silent } = options;
  const id = randomInt(1, 2 ** 31 - 1);
  const activity = createActivity();
  const queue = new RunQueue(() => context);
  const timekeeper = new Timekeeper(() => context);
  const nowMs = () => clock.now().getTime();
  let link: EngineLink | undefined = options.link;
  let stopping = false;

  const write = createBatcher<Write, WriteResult>(
    async (batch) => {
      const result = await writeAll(db, id, nowMs(), mergeWrites(batch));
      return batch.map(() => result);
    },
    { maxItems: MOST_WRITES_A_BATCH, keyOf: (item) => item.holds[0] ?? "" },
  );

  const context: EngineContext = {
    id,
    db,
    clock,
    nowMs,
    logger,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    registry: new FunctionRegistry(),
    app: createAppClient(
      options.transport,
      options.serveUrl ?? "http://engine.internal/api/inngest",
      options.signingKey,
    ),
    get link() {
      if (!link) throw new Error("The embedded engine has not been started");
      return link;
    },
    write,
    busy: activity.track,
    wake: () => queue.wake(),
    dueAt: (atMs) => timekeeper.dueAt(atMs),
    touched: (runs) => {
      for (const run of runs) {
        if (run.owner === id) queue.touch(run.id);
        else if (run.owner !== null && context.link.notifies) void tellOwner(run.id);
        if (run.state === "ready") queue.wake();
      }
    },
  };
  const publisher = createPublisher(context);

  const tellOwner = (runId: string) =>
    activity.track(
      (async () => {
        await db.execute(sql`select pg_notify(${NEWS_CHANNEL}, ${`${id}:${runId}`})`);
      })().catch((error: unknown) => logger.warn({ error, runId }, "A run's engine could not be told of an event")),
    );

  const onNews = (payload: string) => {
    const [from, runId] = payload.split(":");
    if (runId) queue.touch(runId);
    else if (from !== String(id)) queue.wake();
  };

  const registerUntilReached = async () => {
    while (!stopping) {
      try {
        const { appId, functions } = await context.app.register();
        return await registerFunctions(context, appId, functions);
      } catch (error) {
        if (error instanceof RegistrationError) throw error;
        logger.warn({ error: String(error) }, "The app's functions cannot be asked for yet; trying again");
        await new Promise<void>((resolve) => clock.setTimer(nowMs() + REGISTER_AGAIN_MS, resolve));
      }
    }
  };

  const engine: Engine = {
    start: async () => {
      link ??= await linkFor(db);
      await link.open(id, onNews);
      await loadFunctions(context);
      await recoverDead(context);
      await registerUntilReached();
      if (stopping) return;
      queue.start();
      await timekeeper.start();
    },
    stop: async () => {
      stopping = true;
      timekeeper.stop();
      await Promise.race([queue.drain(), delay(context.limits.drainSeconds * 1000)]);
      await link?.close();
    },
    send: (events, tx) => publisher.send(events, { tx }),
    cancel: (runId) => activity.track(cancelRun(context, runId)),
    wake: () => queue.wake(),
    idle: () => activity.idle(),
    fetch: (request) => facade(request),
  };
  const facade = createFacade(context, publisher);
  return engine;
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/** Counts what is under way. */
function createActivity() {
  let count = 0;
  let waiting: (() => void)[] = [];
  const check = () => {
    if (count > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  return {
    track: <T>(promise: Promise<T>): Promise<T> => {
      count += 1;
      return promise.finally(() => {
        count -= 1;
        check();
      });
    },
    /** Quiet, and still quiet a turn of the event loop later: what ended may just have started something. */
    idle: async (): Promise<void> => {
      for (let quiet = 0; quiet < 2; quiet++) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        if (count > 0) {
          quiet = -1;
          await new Promise<void>((resolve) => waiting.push(resolve));
        }
      }
    },
  };
}
