import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { computers, sessions } from "@/db/schema";
import type { TransactionContext } from "../transaction";
import { writeSessionEvent } from "./session-events";

/** Causes by urgency: what someone waits for goes before onboarding, and that before the schedules' work. */
const priorities = { "ad-hoc": 600, onboarding: 300, schedule: 0 } as const;
export type SessionCause = keyof typeof priorities;

/** Priority of a session for its computer and for the engine, in the engine's seconds of head start. */
export const priorityOf = (cause: SessionCause): number => priorities[cause];

const byPriority = sql`case ${sessions.cause} when 'ad-hoc' then 0 when 'onboarding' then 1 else 2 end`;

/** Lets nobody else give or take a turn on these computers until the transaction ends. */
export async function lockTurns(tx: TransactionContext, computerIds: readonly number[]): Promise<void> {
  if (computerIds.length === 0) return;
  await tx.db
    .select({ id: computers.id })
    .from(computers)
    .where(inArray(computers.id, [...computerIds]))
    .orderBy(computers.id)
    .for("no key update");
}

/**
 * Takes the computer for a session, or puts the session in the queue for it. True when it has it, also when it had it
 * before.
 */
export async function takeTurn(tx: TransactionContext, session: { id: number; computerId: number }): Promise<boolean> {
  await lockTurns(tx, [session.computerId]);
  const [taken] = await tx.db
    .update(sessions)
    .set({
      computerTurn: sql`case when exists (
        select 1 from ${sessions} other
        where other.computer_id = ${session.computerId} and other.computer_turn = 'holds' and other.id <> ${session.id}
      ) then 'waits' else 'holds' end`,
    })
    .where(and(eq(sessions.id, session.id), isNull(sessions.endedAt)))
    .returning({ turn: sessions.computerTurn });
  return taken?.turn === "holds";
}

/**
 * Gives the computer back and hands it to the next in the queue: ad hoc before onboarding before scheduled, the older
 * first. That one is started, or woken where it waits. Call it where a session ends or begins to wait.
 */
export async function passTurn(tx: TransactionContext, session: { id: number; computerId: number }): Promise<void> {
  await lockTurns(tx, [session.computerId]);
  await tx.db.update(sessions).set({ computerTurn: null }).where(eq(sessions.id, session.id));
  const [next] = await tx.db
    .update(sessions)
    .set({ computerTurn: "holds" })
    .where(
      eq(
        sessions.id,
        sql`(select s.id from (
          select ${sessions.id} as id, ${byPriority} as urgency from ${sessions}
          where ${sessions.computerId} = ${session.computerId} and ${sessions.computerTurn} = 'waits'
          and not exists (
            select 1 from ${sessions} other where other.computer_id = ${session.computerId} and other.computer_turn = 'holds'
          )
        ) s order by s.urgency, s.id limit 1)`,
      ),
    )
    .returning({
      id: sessions.id,
      tenantId: sessions.tenantId,
      computerId: sessions.computerId,
      status: sessions.status,
      cause: sessions.cause,
    });
  if (!next) return;
  if (next.status === "created") {
    await tx.emit("session/requested", `session/requested/${next.id}`, {
      sessionId: next.id,
      computerId: next.computerId,
      tenantId: next.tenantId,
      priority: priorityOf(next.cause),
    });
    tx.signal({ channel: "sessions", sessionId: next.id });
    return;
  }
  const eventId = await writeSessionEvent(tx, next.id, {
    key: `turn/${session.id}/${tx.ids.uuid()}`,
    kind: "queued",
    sentence: `Session ${session.id} left the computer; it is this session's turn.`,
  });
  await tx.emit("session/changed", `session/changed/${next.id}/${eventId}`, { sessionId: next.id, change: "turn" });
}
