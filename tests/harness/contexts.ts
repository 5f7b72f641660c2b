import type { Database } from "@/db/client";
import { readEnv } from "@/server/env";
import { createMail } from "@/server/mail/mail";
import { type Clock, systemClock } from "@/server/ports/clock";
import { randomIds } from "@/server/ports/ids";
import { createSecrets } from "@/server/ports/secrets";
import type { Actor, CommittedWork, ServiceContext } from "@/server/services/context";

const secrets = createSecrets(Buffer.alloc(32, 7).toString("base64"));

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
    secrets,
    mail: createMail(readEnv({}), secrets),
    address: null,
    afterCommit: parts.afterCommit ?? (() => {}),
  };
}

export const systemContextOn = (database: Database, parts?: Parameters<typeof contextOn>[2]) =>
  contextOn(database, { kind: "system", name: "test" }, parts);
