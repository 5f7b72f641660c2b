import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest, type InngestFunction } from "inngest";
import { serve as serveEdge } from "inngest/edge";
import { serve as serveNode } from "inngest/node";
import { inject, onTestFinished } from "vitest";
import type { Db } from "@/db/client";
import {
  createEmbeddedEngine,
  type Engine,
  type EngineLimits,
  type EngineLink,
  type Transport,
} from "@/inngest/embedded";
import { createEngineDatabase, emptyEngineTables, openCuttable } from "./engine-database";
import { createVirtualClock, type VirtualClock } from "./virtual-clock";

/** A run as Inngest's REST interface shows it. */
export interface RunView {
  run_id: string;
  status: string;
  output: unknown;
}

export type MakeFunctions = (client: Inngest) => InngestFunction.Any[];

/** An Inngest engine with an app of its own, whatever engine it is. */
export interface EngineUnderTest {
  client: Inngest;
  /** Sends events and returns the engine's ids. */
  send(...events: { id?: string; name: string; data?: Record<string, unknown>; ts?: number }[]): Promise<string[]>;
  /** Lets time pass: at once with a virtual clock, really otherwise. */
  advance(ms: number): Promise<void>;
  /** All runs an event started, once there are as many as said and all have ended. */
  ended(eventId: string, count?: number): Promise<RunView[]>;
  /** The only run of an event, ended. */
  end(eventId: string): Promise<RunView>;
  /** All runs of an event as they are now, after everything that can happen at once has happened. */
  runs(eventId: string): Promise<RunView[]>;
  request(method: string, path: string, body?: unknown): Promise<Response>;
}

/** The embedded engine, with what only it lets a test do. */
export interface EmbeddedUnderTest extends EngineUnderTest {
  engine: Engine;
  db: Db;
  clock: VirtualClock;
  /** Kills the engine as `kill -9` would, looks at what is left, and starts another on the same database. */
  crash(look?: () => Promise<void>): Promise<void>;
  /** Starts another engine beside the first, with the same app. */
  startAnother(): Promise<Engine>;
}

export const ENGINE_URL = process.env.ENGINE_URL;
const DEADLINE_MS = 30_000;
let apps = 0;

/** Starts an engine with the app's functions: the embedded one, or the one at ENGINE_URL. */
export function startEngine(make: MakeFunctions): Promise<EngineUnderTest> {
  return ENGINE_URL ? startRemote(ENGINE_URL, make) : startEmbedded(make);
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const database = once(() => createEngineDatabase(inject("postgresUrl")));

export interface EmbeddedOptions {
  limits?: Partial<EngineLimits>;
  /** Stands between the engine and the app. */
  around?: (transport: Transport) => Transport;
  /** Another database than PostgreSQL. */
  on?: { db: Db; link?: EngineLink };
}

/** The embedded engine on a real PostgreSQL (or what is given) and a virtual clock. */
export async function startEmbedded(make: MakeFunctions, options: EmbeddedOptions = {}): Promise<EmbeddedUnderTest> {
  const clock = createVirtualClock();
  const shared = options.on ? undefined : await database();
  const inspect = options.on?.db ?? shared?.db;
  if (!inspect) throw new Error("There is no database");
  await emptyEngineTables(inspect);

  let engine: Engine;
  let kill = () => {};
  let unwatch = () => {};
  const engines = new Set<Engine>();
  const client = new Inngest({
    id: `app${++apps}`,
    isDev: true,
    baseUrl: "http://engine.test",
    fetch: (input, init) => engine.fetch(new Request(input, init)),
    logger: quiet,
    aiMetadata: false,
  });
  const handler = serveEdge({ client, functions: make(client) });
  const app: Transport = options.around?.(handler) ?? handler;

  const create = async (isMain: boolean): Promise<Engine> => {
    const cuttable = shared ? openCuttable(shared.url) : undefined;
    let isCut = false;
    const transport: Transport = (request) => (isCut ? new Promise(() => {}) : app(request));
    const created = createEmbeddedEngine({
      db: cuttable?.db ?? inspect,
      clock,
      transport,
      logger: process.env.ENGINE_LOG ? console : quiet,
      limits: { sweepSeconds: 10_000_000, drainSeconds: 5, ...options.limits },
      ...(cuttable ? { link: cuttable.link } : options.on?.link ? { link: options.on.link } : {}),
    });
    kill = () => {
      isCut = true;
      cuttable?.cut();
    };
    engines.add(created);
    // Its runs may send events before `start` resolves.
    if (isMain) engine = created;
    await created.start();
    return created;
  };
  const watch = (watched: Engine) => clock.watch(() => watched.idle());
  engine = await create(true);
  unwatch = watch(engine);
  onTestFinished(async () => {
    for (const each of engines) await each.stop();
  });

  const runs = async (eventId: string) => {
    await clock.settle();
    return readRuns(await engine.fetch(new Request(`http://engine.test/v1/events/${eventId}/runs`)));
  };
  const ended = async (eventId: string, count = 1) => {
    const found = await runs(eventId);
    if (found.length !== count || found.some(isOpen)) throw new Error(`Not all ended: ${JSON.stringify(found)}`);
    return found;
  };
  return {
    client,
    db: inspect,
    clock,
    get engine() {
      return engine;
    },
    send: async (...events) => (await client.send(events)).ids,
    advance: (ms) => clock.advance(ms),
    runs,
    ended,
    end: async (eventId) => only(await ended(eventId)),
    request: (method, path, body) => engine.fetch(requestTo("http://engine.test", method, path, body)),
    crash: async (look) => {
      unwatch();
      kill();
      engines.delete(engine);
      await look?.();
      unwatch = watch(await create(true));
    },
    startAnother: async () => {
      const another = await create(false);
      watch(another);
      return another;
    },
  };
}

/** The engine at an address, with the app served to it over HTTP on loopback. Time is real. */
async function startRemote(url: string, make: MakeFunctions): Promise<EngineUnderTest> {
  const signingKey = process.env.INNGEST_SIGNING_KEY;
  const client = new Inngest({
    id: `app-${process.pid}-${Date.now()}-${++apps}`,
    baseUrl: url,
    isDev: signingKey === undefined,
    logger: quiet,
    aiMetadata: false,
  });
  const server = createServer(serveNode({ client, functions: make(client) }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const registered = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: "PUT" });
  if (!registered.ok) throw new Error(`${url} refused the app: ${await registered.text()}`);

  const authorization: Record<string, string> = signingKey ? { authorization: `Bearer ${signingKey}` } : {};
  const readAll = async (eventId: string) =>
    readRuns(await fetch(`${url}/v1/events/${eventId}/runs`, { headers: authorization }));
  const ended = async (eventId: string, count = 1) => {
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      const found = await readAll(eventId);
      if (found.length >= count && !found.some(isOpen)) return found;
      if (Date.now() > deadline) throw new Error(`Not all ended in time: ${JSON.stringify(found)}`);
      await sleep(200);
    }
  };
  return {
    client,
    send: async (...events) => (await client.send(events)).ids,
    advance: sleep,
    runs: async (eventId) => {
      await sleep(1500);
      return readAll(eventId);
    },
    ended,
    end: async (eventId) => only(await ended(eventId)),
    request: (method, path, body) => fetch(requestTo(url, method, path, body, authorization)),
  };
}

function requestTo(base: string, method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  return new Request(`${base}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

async function readRuns(response: Response): Promise<RunView[]> {
  const { data } = (await response.json()) as { data: RunView[] | null };
  return data ?? [];
}

function only<T>(items: T[]): T {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`There are ${items.length}, not one`);
  return item;
}

const isOpen = (run: RunView) => ["Queued", "Running", "Scheduled"].includes(run.status);
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
