import { and, eq } from "drizzle-orm";
import { messageLinks, sessions } from "@/db/schema";
import type { SessionOptions, SessionStatus } from "@/server/core/sessions";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound, ServiceError } from "../errors";
import type { TransactionContext } from "../transaction";

/** What those who move, hurry or call off a session need to know of it. */
export interface ChangeableSession {
  readonly id: number;
  readonly tenantId: number;
  readonly computerId: number | null;
  readonly status: SessionStatus;
  readonly options: SessionOptions;
  readonly executionAt: Date | null;
  readonly executionStartedAt: Date | null;
  readonly endedAt: Date | null;
  readonly postponeCount: number;
  readonly postponeLatestAt: Date | null;
}

export const changeableColumns = {
  id: sessions.id,
  tenantId: sessions.tenantId,
  computerId: sessions.computerId,
  status: sessions.status,
  options: sessions.options,
  executionAt: sessions.executionAt,
  executionStartedAt: sessions.executionStartedAt,
  endedAt: sessions.endedAt,
  postponeCount: sessions.postponeCount,
  postponeLatestAt: sessions.postponeLatestAt,
};

/**
 * The session as the actor may change it: who operates computers of its tenant, or holds a link to this very session.
 * `allows` names what the session's options must grant to one who holds a link; people of the console are not bound.
 */
export async function authorizeChange(
  ctx: ServiceContext,
  sessionId: number,
  allows: "allowsPostpone" | "allowsCancel" | "allowsRunNow",
): Promise<ChangeableSession> {
  if (ctx.actor.kind !== "recipient") authorize(ctx, "operate");
  const [session] = await ctx.db
    .select(changeableColumns)
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), inVisibleTenants(ctx, sessions.tenantId)));
  if (!session) throw notFound("That session");
  if (ctx.actor.kind === "recipient") {
    const [link] = await ctx.db
      .select({ id: messageLinks.id })
      .from(messageLinks)
      .where(and(eq(messageLinks.id, ctx.actor.linkId), eq(messageLinks.sessionId, sessionId)));
    if (!link) throw notFound("That session");
    if (!session.options[allows]) throw new ServiceError("forbidden", refusals[allows]);
  }
  return session;
}

const refusals = {
  allowsPostpone: "This maintenance cannot be postponed; ask your service provider.",
  allowsCancel: "This maintenance cannot be cancelled from here; ask your service provider.",
  allowsRunNow: "This maintenance cannot be started from here; it starts at its time.",
} as const;

/** Why a change came too late, read after the change found nothing to change. */
export async function tooLate(tx: TransactionContext, sessionId: number, wish: string): Promise<ServiceError> {
  const [session] = await tx.db.select(changeableColumns).from(sessions).where(eq(sessions.id, sessionId));
  if (!session) return notFound("That session");
  if (session.endedAt !== null) {
    return new ServiceError(
      "too-late",
      `It is too late to ${wish}: this session has already ended (${session.status}).`,
    );
  }
  if (session.executionStartedAt !== null) {
    return new ServiceError("too-late", `It is too late to ${wish}: the maintenance has begun.`);
  }
  if (session.status === "pending-connectivity") {
    return new ServiceError("conflict", `Nothing to ${wish} yet: the session waits until the computer connects.`);
  }
  if (session.status === "created" || session.status === "running") {
    return new ServiceError("conflict", `Nothing to ${wish} yet: the session is still finding out what is to be done.`);
  }
  return new ServiceError("conflict", "Someone else changed this session just now; look again.");
}

/** The name to write into a session's events. */
export const actorName = (ctx: ServiceContext): string => (ctx.actor.kind === "system" ? "Evenkeel" : ctx.actor.name);
