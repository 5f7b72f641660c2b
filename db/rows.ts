import type { SQL } from "drizzle-orm";
import type { Db } from "./client";

/** Rows of a hand-written statement; the one place where the drivers' different answers are told apart. */
export async function rows<T>(db: Pick<Db, "execute">, query: SQL): Promise<T[]> {
  const answer: unknown = await db.execute(query);
  if (Array.isArray(answer)) return answer as T[];
  if (typeof answer === "object" && answer !== null && "rows" in answer && Array.isArray(answer.rows)) {
    return answer.rows as T[];
  }
  throw new Error("The database driver answered in a shape that is not known here");
}
