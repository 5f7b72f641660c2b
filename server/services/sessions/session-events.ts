import { sessionEvents } from "@/db/schema";
import type { TransactionContext } from "../transaction";

/** What a session's event tells; the console shows an icon for each. */
export type SessionEventKind =
  | "requested"
  | "started"
  | "queued"
  | "offline"
  | "connected"
  | "planned"
  | "announced"
  | "not-announced"
  | "postponed"
  | "run-now"
  | "execution-started"
  | "plan-verified"
  | "action-started"
  | "action-ended"
  | "reboot-pending"
  | "reported"
  | "cancelled"
  | "fault"
  | "ended";

export interface NewSessionEvent {
  /** Unique within the session; writing the same key again changes nothing. */
  readonly key: string;
  readonly kind: SessionEventKind;
  /** For a person, with a full stop. */
  readonly sentence: string;
  readonly data?: unknown;
}

/** Adds to what happened in a session and wakes those who watch it. Returns the id of the row; null when it was there. */
export async function writeSessionEvent(
  tx: TransactionContext,
  sessionId: number,
  event: NewSessionEvent,
): Promise<number | null> {
  const [written] = await writeSessionEvents(tx, [{ sessionId, ...event }]);
  return written?.id ?? null;
}

/** As {@link writeSessionEvent}, for many at once. */
export async function writeSessionEvents(
  tx: TransactionContext,
  events: readonly (NewSessionEvent & { readonly sessionId: number })[],
): Promise<{ id: number; sessionId: number }[]> {
  if (events.length === 0) return [];
  const at = tx.clock.now();
  const written = await tx.db
    .insert(sessionEvents)
    .values(events.map(({ data = null, ...event }) => ({ ...event, data, at })))
    .onConflictDoNothing()
    .returning({ id: sessionEvents.id, sessionId: sessionEvents.sessionId });
  for (const sessionId of new Set(events.map((event) => event.sessionId)))
    tx.signal({ channel: "sessions", sessionId });
  return written;
}
