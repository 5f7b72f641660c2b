import { sql } from "drizzle-orm";
import { settings } from "@/db/schema";

/** The setting that holds every dispatch while it is `true`. */
export const DISPATCH_STOPPED = "dispatch.stopped";

/** A condition: dispatch is stopped now. */
export const dispatchIsStopped = sql`exists (select 1 from ${settings}
  where ${settings.key} = ${DISPATCH_STOPPED} and ${settings.value} = 'true'::jsonb)`;
