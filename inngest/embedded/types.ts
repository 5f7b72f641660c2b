import type { Db } from "@/db/client";
import type { Clock } from "@/server/ports/clock";
import type { EngineLink } from "./link";

/** An event as an app sends it. The same `id` within a day starts nothing twice. */
export interface EventInput {
  id?: string | undefined;
  name: string;
  data?: unknown;
  user?: unknown;
  v?: string | undefined;
  /** Epoch milliseconds; now when left out. */
  ts?: number | undefined;
  meta?: unknown;
}

/** An event as functions see it. */
export interface StoredEvent {
  id: string;
  name: string;
  data: unknown;
  ts: number;
  user?: unknown;
  v?: string | undefined;
  meta?: unknown;
}

/** Anything statements can be run on: the database, or a transaction of the caller's. */
export type Executor = Pick<Db, "execute">;

export interface EngineLogger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Carries a request of the engine to the app's `serve()` handler. */
export type Transport = (request: Request) => Promise<Response>;

export interface EngineOptions {
  db: Db;
  clock: Clock;
  transport: Transport;
  logger?: EngineLogger;
  /** Address of the handler as the requests carry it; a transport over HTTP must name the real one. */
  serveUrl?: string;
  /** Signs requests, so that a handler open to the network obeys nobody else. */
  signingKey?: string;
  /** How engines on one database know of each other. Found from the driver when left out. */
  link?: EngineLink;
  limits?: Partial<EngineLimits>;
}

export interface EngineLimits {
  /** Runs held at once. */
  maxActiveRuns: number;
  /** Parallel steps of one run executed at once. */
  maxStepsPerRun: number;
  /** How often to look for what a lost notification or a dead engine left behind. */
  sweepSeconds: number;
  /** How long finished runs and their events are kept. */
  retentionDays: number;
  /** How long `stop()` waits for running steps. */
  drainSeconds: number;
}

export const DEFAULT_LIMITS: EngineLimits = {
  maxActiveRuns: 64,
  maxStepsPerRun: 16,
  sweepSeconds: 60,
  retentionDays: 30,
  drainSeconds: 20,
};

export interface Engine {
  /** Takes back what a dead engine held, asks the app for its functions, and begins. Resolves when runs are taken. */
  start(): Promise<void>;
  /** Takes nothing new, lets running steps end, gives the rest back to the queue. */
  stop(): Promise<void>;
  /**
   * Stores events and starts what they trigger; durable when it resolves. Within `tx` they exist when it commits.
   * @returns the engine's ids of the events, in order.
   */
  send(events: readonly EventInput[], tx?: Executor): Promise<string[]>;
  /** Cancels a run that has not ended. False when there is none. */
  cancel(runId: string): Promise<boolean>;
  /** Looks for work now. Needed only after a `send` in a transaction on a driver without LISTEN. */
  wake(): void;
  /** Resolves when nothing is running and nothing is due. */
  idle(): Promise<void>;
  /** The part of Inngest's HTTP interface that the SDK and our tests use. Unprotected: never mount it on a public route. */
  fetch(request: Request): Promise<Response>;
}
