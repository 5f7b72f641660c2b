import { type Database, openDatabase } from "@/db/client";
import { describeFault } from "./agents/describe-fault";
import { type Env, readEnv } from "./env";
import { createMail, type Mail } from "./mail/mail";
import { type Clock, systemClock } from "./ports/clock";
import { type Ids, randomIds } from "./ports/ids";
import { createLogger, type Logger } from "./ports/logger";
import { createSecrets, type Secrets } from "./ports/secrets";
import { openSignals, type Signals } from "./ports/signals";
import type { Actor, CommittedWork, ServiceContext } from "./services/context";
import { sendOutbox } from "./services/outbox/send-outbox";

/** What a running process holds once: connections, keys, the clock. The composition root. */
export interface Runtime {
  readonly env: Env;
  readonly database: Database;
  readonly signals: Signals;
  readonly secrets: Secrets;
  readonly mail: Mail;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** A context for services, for whoever asks. */
  contextFor(actor: Actor, address?: string | null): ServiceContext;
  systemContext(name: string): ServiceContext;
  close(): Promise<void>;
}

const key = Symbol.for("evenkeel.runtime");
type Holder = { [key]?: Promise<Runtime> };

/** The process's runtime, opened at first use. Shared by every bundle in the process. */
export function getRuntime(): Promise<Runtime> {
  const holder = globalThis as Holder;
  holder[key] ??= openRuntime(readEnv(process.env)).catch((error: unknown) => {
    delete holder[key];
    throw error;
  });
  return holder[key];
}

/** Opens a runtime of one's own: for tests, and for processes that are not the server. */
export async function openRuntime(
  env: Env,
  parts: { database?: Database; clock?: Clock; ids?: Ids } = {},
): Promise<Runtime> {
  if (!env.DATABASE_URL && !parts.database)
    throw new Error("DATABASE_URL is not set; `npm start` sets it for the embedded database.");
  if (!env.EVENKEEL_SECRET) throw new Error("EVENKEEL_SECRET is not set; `npm start` makes one.");
  const secrets = createSecrets(env.EVENKEEL_SECRET);
  const database = parts.database ?? (await openDatabase(env.DATABASE_URL ?? ""));
  const signals = await openSignals(database);
  const logger = createLogger(env.LOG_LEVEL);
  const clock = parts.clock ?? systemClock;
  const ids = parts.ids ?? randomIds;
  const mail = createMail(env, secrets);

  const afterCommit = (work: CommittedWork) => {
    const report = (error: unknown) =>
      logger.error({ err: describeFault(error) }, "after-commit work failed; the next sweep repeats it");
    if (work.signals.length > 0) signals.publish(work.signals).catch(report);
    if (work.eventIds.length > 0)
      sendOutbox({ ctx: systemContext("outbox"), input: { ids: work.eventIds } }).catch(report);
  };
  const contextFor = (actor: Actor, address: string | null = null): ServiceContext => ({
    db: database.db,
    actor,
    clock,
    ids,
    secrets,
    mail,
    address,
    afterCommit,
  });
  const systemContext = (name: string) => contextFor({ kind: "system", name });

  return {
    env,
    database,
    signals,
    secrets,
    mail,
    clock,
    ids,
    logger,
    contextFor,
    systemContext,
    async close() {
      await signals.close();
      await database.close();
    },
  };
}
