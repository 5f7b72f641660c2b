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

/** drizzle puts the driver's error under `cause`. */
function sqlStateOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? code : sqlStateOf(Reflect.get(error, "cause"));
}
