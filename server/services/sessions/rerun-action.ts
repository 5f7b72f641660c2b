import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { actions, sessions } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { type StartedSession, startSession } from "./start-session";

export const rerunActionInput = z.strictObject({ actionId: z.number().int() });

/**
 * Runs the item of an action once more, in a session of its own on the same computer with the same options, at once.
 * What is to be done is decided anew: what has been settled since is not done again.
 * @throws ServiceError conflict while the action's own session has not ended.
 */
export async function rerunAction({ ctx, input: raw }: Call<typeof rerunActionInput>): Promise<StartedSession> {
  authorize(ctx, "operate");
  const { actionId } = parseInput(rerunActionInput, raw);
  const [found] = await ctx.db
    .select({
      itemId: actions.itemId,
      computerId: sessions.computerId,
      options: sessions.options,
      endedAt: sessions.endedAt,
    })
    .from(actions)
    .innerJoin(sessions, eq(sessions.id, actions.sessionId))
    .where(and(eq(actions.id, actionId), inVisibleTenants(ctx, sessions.tenantId)));
  if (!found || found.computerId === null) throw notFound("That action");
  if (found.endedAt === null) {
    throw new ServiceError("conflict", "Its session has not ended yet; wait for it, or cancel it first.");
  }
  return startSession({
    ctx,
    input: {
      computerId: found.computerId,
      kind: "re-run",
      itemId: found.itemId,
      cause: "ad-hoc",
      options: { ...found.options, executionDelayMinutes: 0, executionTime: null },
    },
  });
}
