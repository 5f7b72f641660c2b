import type { Database } from "@/db/client";
import { type Clock, systemClock } from "@/server/ports/clock";
import { randomIds } from "@/server/ports/ids";
import type { Actor, CommittedWork, ServiceContext } from "@/server/services/context";

/** A context for `actor` on `database`; what would happen after a commit is handed to `afterCommit`, or dropped. */
export function contextOn(
  database: Database,
  actor: Actor,
  parts: { clock?: Clock; afterCommit?: (work: CommittedWork) => void } = {},
): ServiceContext {
  return {
    db: database.db,
    actor,
    clock: parts.clock ?? systemClock,
    ids: randomIds,
    address: null,
    afterCommit: parts.afterCommit ?? (() => {}),
  };
}

export const systemContextOn = (database: Database, parts?: Parameters<typeof contextOn>[2]) =>
  contextOn(database, { kind: "system", name: "test" }, parts);
