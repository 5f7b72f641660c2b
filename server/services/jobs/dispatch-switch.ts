import { sql } from "drizzle-orm";
import { settings } from "@/db/schema";

/** The setting that holds every dispatch while it is `true`. */
export const DISPATCH_STOPPED = "dispatch.stopped";

/** A condition: dispatch is stopped now. */
export const dispatchIsStopped = sql`exists (select 1 from ${settings}
  where ${settings.key} = ${DISPATCH_STOPPED} and ${settings.value} = 'true'::jsonb)`;

/** What a session whose job may not go out says of itself. */
export const HELD_REASON = "Everything is held: dispatch is stopped. This goes on as soon as dispatch is resumed.";

/** A value for a session that waits for a job: why it is held, or null while dispatch goes on. */
export const reasonWhileHeld = sql<string | null>`case when ${dispatchIsStopped} then ${HELD_REASON}::text end`;
