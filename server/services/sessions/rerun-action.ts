import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { actions, sessions } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { type StartedSession, startSession } from "./start-session";

export const rerunActionInput = z.strictObject({ actionId: z.number().int().positive() });

/** Starts a session that does one action of an earlier session again: detects its item anew, and acts only if needed. */
export async function rerunAction({ ctx, input: raw }: Call<typeof rerunActionInput>): Promise<StartedSession> {
  authorize(ctx, "operate");
  const { actionId } = parseInput(rerunActionInput, raw);
  const [action] = await ctx.db
    .select({ itemId: actions.itemId, computerId: sessions.computerId, endedAt: sessions.endedAt })
    .from(actions)
    .innerJoin(sessions, eq(sessions.id, actions.sessionId))
    .where(and(eq(actions.id, actionId), isNotNull(sessions.computerId), inVisibleTenants(ctx, sessions.tenantId)));
  if (!action || action.computerId === null) throw notFound("That action");
  if (action.endedAt === null)
    throw new ServiceError("conflict", "Its session has not ended yet; wait for it or cancel it.");
  return startSession({ ctx, input: { computerId: action.computerId, kind: "re-run", itemId: action.itemId } });
}
