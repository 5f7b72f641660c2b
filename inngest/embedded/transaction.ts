import type { Db } from "@/db/client";
import type { Executor } from "./types";

/** What PostgreSQL answers when two transactions were in each other's way and one was given up. */
const TRY_AGAIN = new Set(["40001", "40P01"]);
const MOST_ATTEMPTS = 5;

/** Runs `work` in a transaction, again when it collided with another one. */
export async function inTransaction<T>(db: Db, work: (tx: Executor) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction((tx) => work(tx));
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS || !TRY_AGAIN.has(sqlStateOf(error))) throw error;
    }
  }
}

/** Connection lost or refused, server going down or out of resources; and the system's own codes (`ECONNREFUSED`). */
const AWAY_CODE = /^(08|53|57P|58|E[A-Z]+$)/;
/** The driver has no code for connections that end under it. */
const AWAY_MESSAGE = /connection (terminated|ended|closed)|not queryable|connection error|connect(ion)? timeout/i;

/** Whether an error says that the database cannot be reached, rather than that it refuses what was asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const message: unknown = Reflect.get(error, "message");
  const saysSo = AWAY_CODE.test(sqlStateOf(error)) || (typeof message === "string" && AWAY_MESSAGE.test(message));
  return saysSo || isDatabaseAway(Reflect.get(error, "cause"));
}

/** drizzle puts the driver's error under `cause`. */
function sqlStateOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? code : sqlStateOf(Reflect.get(error, "cause"));
}
