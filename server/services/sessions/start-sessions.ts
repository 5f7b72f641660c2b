import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { computers, sessions } from "@/db/schema";
import { sessionKinds, sessionOptions } from "@/server/core/sessions";
import { recordsNoChange } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import { reachedComputers } from "../deployments/reached-computers";
import { type Call, parseInput } from "../parse";
import { idArray } from "../resolution/id-array";
import { targetInput } from "../targets/target-input";
import { withTransaction } from "../transaction";
import { createSessions, maintainable } from "./create-sessions";
import { authorizeCause, checkSessionItem } from "./start-session";

const input = z.strictObject({
  /** Computers by target, or by name. */
  computers: z.union([
    z.strictObject({ target: targetInput }),
    z.strictObject({ ids: z.array(z.number().int()).min(1).max(100_000).readonly() }),
  ]),
  kind: z.enum(sessionKinds),
  itemId: z.number().int().nullish(),
  /** `schedule`, and a schedule's id: only for the product itself. */
  cause: z.enum(["ad-hoc", "schedule", "onboarding"]).default("ad-hoc"),
  scheduleId: z.number().int().nullish(),
  options: sessionOptions.partial().optional(),
});
export type StartSessionsInput = z.input<typeof input>;

export interface StartedSessions {
  readonly sessionIds: readonly number[];
  /** Computers that were meant and cannot be maintained now, or wait for a session of the same schedule already. */
  readonly skipped: number;
}

/**
 * Starts a session on every computer that a target means, or on those named, with a fixed number of statements for each
 * thousand. Computers that the actor may not see, or that cannot be maintained, are left out and counted.
 */
export async function startSessions({ ctx, input: raw }: Call<typeof input>): Promise<StartedSessions> {
  authorize(ctx, "operate");
  recordsNoChange("createSessions writes the entry");
  const request = parseInput(input, raw);
  authorizeCause(ctx, request);
  const { kind, cause, itemId = null, scheduleId = null, options = {} } = request;
  const meant =
    "target" in request.computers
      ? (await reachedComputers(ctx, request.computers.target, [])).map((computer) => computer.id)
      : [...new Set(request.computers.ids)];
  return withTransaction(ctx, async (tx) => {
    await checkSessionItem(tx, kind, itemId);
    // A computer that has not been there since the last occurrence gets one session when it connects, not one a night.
    const waitsAlready = sql`exists (select 1 from ${sessions} s where s.computer_id = ${computers.id}
      and s.schedule_id = ${scheduleId} and s.ended_at is null and s.execution_started_at is null)`;
    const ready = await tx.db
      .select({ id: computers.id })
      .from(computers)
      .where(
        and(
          sql`${computers.id} = any(${idArray(meant)})`,
          inVisibleTenants(tx, computers.tenantId),
          inArray(computers.status, [...maintainable]),
          eq(computers.excludedFromMaintenance, false),
          scheduleId === null ? undefined : sql`not ${waitsAlready}`,
        ),
      );
    const made = await createSessions(
      tx,
      ready.map(({ id }) => id),
      { kind, cause, itemId, scheduleId, options },
    );
    return { sessionIds: made.map(({ sessionId }) => sessionId), skipped: meant.length - made.length };
  });
}
