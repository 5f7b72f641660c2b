import type { Db } from "@/db/client";
import type { Clock } from "@/server/ports/clock";
import type { EngineLink } from "./link";
import type { AppClient } from "./protocol";
import type { FunctionRegistry } from "./registry";
import type { Write, WriteResult } from "./store/shapes";
import type { EngineLimits, EngineLogger } from "./types";

/** What the parts of one engine share. */
export interface EngineContext {
  id: number;
  db: Db;
  clock: Clock;
  nowMs(): number;
  link: EngineLink;
  logger: EngineLogger;
  limits: EngineLimits;
  registry: FunctionRegistry;
  app: AppClient;
  /** Writes together with whatever else is being written now; durable when it resolves. */
  write(write: Write): Promise<WriteResult>;
  /** Tells the runs concerned, here or in another engine, that something reached them. */
  touched(runs: readonly { id: string; owner: number | null; state: string }[]): void;
  /** There are runs to take. */
  wake(): void;
  /** A run or a tick is due then. */
  dueAt(atMs: number): void;
  /** Keeps the engine counted as busy until the promise settles. */
  busy<T>(promise: Promise<T>): Promise<T>;
}
