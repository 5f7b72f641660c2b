import { and, eq, inArray } from "drizzle-orm";
import { computers, sessions, tenants } from "@/db/schema";
import type { SessionKind, SessionOptions } from "@/server/core/sessions";
import { audit } from "../audit";
import type { TransactionContext } from "../transaction";
import { lockTurns, priorityOf, type SessionCause } from "./computer-turn";
import { writeSessionEvents } from "./session-events";
import { defaultSessionOptions } from "./session-options";

export interface SessionRequest {
  readonly kind: SessionKind;
  readonly cause: SessionCause;
  readonly itemId: number | null;
  readonly scheduleId: number | null;
  readonly options: Partial<SessionOptions>;
}

/** Computers on which sessions may run; the rest says why not. */
export const maintainable = ["needs-onboarding", "onboarding", "onboarded"] as const;

const ROWS_PER_INSERT = 500;

/**
 * Makes one session for each of the computers with a handful of statements, however many they are: those whose computer
 * is free start, the others queue. The caller has checked rights and that the computers can be maintained.
 * @returns the sessions in the order of their computers' ids.
 */
export async function createSessions(
  tx: TransactionContext,
  computerIds: readonly number[],
  request: SessionRequest,
): Promise<{ sessionId: number; computerId: number; started: boolean }[]> {
  if (computerIds.length === 0) return [];
  const ids = [...new Set(computerIds)].sort((a, b) => a - b);
  await lockTurns(tx, ids);
  const found = await tx.db
    .select({
      id: computers.id,
      tenantId: computers.tenantId,
      generation: computers.generation,
      timeZone: computers.timeZone,
      tenantTimeZone: tenants.timeZone,
    })
    .from(computers)
    .innerJoin(tenants, eq(tenants.id, computers.tenantId))
    .where(inArray(computers.id, ids))
    .orderBy(computers.id);
  const held = await tx.db
    .select({ computerId: sessions.computerId })
    .from(sessions)
    .where(and(inArray(sessions.computerId, ids), eq(sessions.computerTurn, "holds")));
  const busy = new Set(held.map((each) => each.computerId));
  const at = tx.clock.now();
  const made: { id: number; tenantId: number; computerId: number; started: boolean }[] = [];
  for (let start = 0; start < found.length; start += ROWS_PER_INSERT) {
    const part = found.slice(start, start + ROWS_PER_INSERT);
    const inserted = await tx.db
      .insert(sessions)
      .values(
        part.map((computer) => ({
          tenantId: computer.tenantId,
          computerId: computer.id,
          kind: request.kind,
          cause: request.cause,
          scheduleId: request.scheduleId,
          itemId: request.itemId,
          status: "created" as const,
          stage: request.kind === "onboarding" ? ("onboarding" as const) : ("inventory" as const),
          statusReason: busy.has(computer.id) ? "Waits until the computer's running session has ended." : null,
          options: { ...defaultSessionOptions(computer.timeZone ?? computer.tenantTimeZone), ...request.options },
          generation: computer.generation,
          createdBy: tx.actor.kind === "user" ? tx.actor.userId : null,
          createdAt: at,
          computerTurn: busy.has(computer.id) ? ("waits" as const) : ("holds" as const),
        })),
      )
      .returning({ id: sessions.id, tenantId: sessions.tenantId, computerId: sessions.computerId });
    for (const row of inserted) {
      if (row.computerId === null) continue;
      made.push({ ...row, computerId: row.computerId, started: !busy.has(row.computerId) });
    }
  }
  made.sort((a, b) => a.computerId - b.computerId);
  await writeSessionEvents(
    tx,
    made.map((session) => ({
      sessionId: session.id,
      key: "requested",
      kind: "requested",
      sentence: `${tx.actor.kind === "user" ? tx.actor.name : causeSentence[request.cause]} started this session${
        session.started ? "" : "; it waits until the computer's running session has ended"
      }.`,
    })),
  );
  await auditCreation(tx, made, request);
  await tx.emitMany(
    "session/requested",
    made
      .filter((session) => session.started)
      .map((session) => ({
        id: `session/requested/${session.id}`,
        data: {
          sessionId: session.id,
          computerId: session.computerId,
          tenantId: session.tenantId,
          priority: priorityOf(request.cause),
        },
      })),
  );
  return made.map(({ id, computerId, started }) => ({ sessionId: id, computerId, started }));
}

const causeSentence: Record<SessionCause, string> = {
  "ad-hoc": "A technician",
  schedule: "The schedule",
  onboarding: "Onboarding",
};

/** One entry for one session; for many, one for each tenant with all of its sessions. */
async function auditCreation(
  tx: TransactionContext,
  made: readonly { id: number; tenantId: number; computerId: number }[],
  request: SessionRequest,
) {
  const byTenant = new Map<number, { id: number; computerId: number }[]>();
  for (const each of made) {
    const group = byTenant.get(each.tenantId);
    if (group) group.push(each);
    else byTenant.set(each.tenantId, [each]);
  }
  for (const [tenantId, created] of [...byTenant].sort(([a], [b]) => a - b)) {
    await audit(tx, {
      action: "session.start",
      entity: "session",
      entityId: created.length === 1 ? (created[0]?.id ?? 0) : `${created[0]?.id}…${created.at(-1)?.id}`,
      tenantId,
      before: null,
      after: { ...request, sessions: created.map(({ id, computerId }) => ({ id, computerId })) },
    });
  }
}
