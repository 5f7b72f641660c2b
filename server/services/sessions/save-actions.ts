import { sql } from "drizzle-orm";
import { actions } from "@/db/schema";
import type { Plan, PlannedAction } from "@/server/core/plan";
import type { ActionResult } from "@/server/core/sessions";
import type { TransactionContext } from "../transaction";
import type { RunningSession } from "./run-session-row";

/**
 * Writes the frozen plan, in the order in which it runs, then what is already as wanted. What is known to fail is
 * there as failed; a session that only detects runs nothing.
 */
export async function saveActions(
  tx: TransactionContext,
  session: Pick<RunningSession["session"], "id" | "kind">,
  plan: Plan,
): Promise<void> {
  const all = [...plan.actions, ...plan.compliant];
  if (all.length === 0) return;
  const positions = new Map(all.map((action, position) => [action.key, position]));
  const at = tx.clock.now();
  await tx.db.insert(actions).values(
    all.map((action, position) => ({
      sessionId: session.id,
      position,
      itemId: action.itemId,
      type: action.type,
      reason: action.reason,
      sentence: action.sentence,
      deploymentId: action.deploymentId,
      desiredState: action.desiredState,
      detectedVersion: action.detectedVersion,
      wantedVersion: action.wantedVersion,
      parameters: action.parameters,
      dependsOn: action.dependsOn.flatMap((key) => positions.get(key) ?? []),
      safeToRetry: action.safeToRetry,
      recordedValue: action.recordedValue,
      planned: action,
      ...standing(action, position < plan.actions.length, session.kind, at),
    })),
  );
  const requiring = all.flatMap((action, position) => {
    const by = action.requiredByKey === null ? undefined : positions.get(action.requiredByKey);
    return by === undefined ? [] : [sql`(${position}::int, ${by}::int)`];
  });
  if (requiring.length === 0) return;
  await tx.db.execute(sql`update ${actions} a set required_by_id = r.id
    from (values ${sql.join(requiring, sql`, `)}) as v(position, by), ${actions} r
    where a.session_id = ${session.id} and a.position = v.position and r.session_id = ${session.id} and r.position = v.by`);
}

/** What an action that needs nothing run resulted in: an audit may find that something is not as it should be. */
export const compliantResult = (reason: string) =>
  reason === "not-compliant" ? ("not-compliant" as const) : ("compliant" as const);

interface Standing {
  readonly status: "pending" | "done" | "skipped";
  readonly result: ActionResult | null;
  readonly resultReason: string | null;
  readonly endedAt: Date | null;
}

function standing(action: PlannedAction, isToRun: boolean, kind: string, at: Date): Standing {
  const done = (result: ActionResult, resultReason: string | null): Standing => ({
    status: "done",
    result,
    resultReason,
    endedAt: at,
  });
  if (!isToRun) return done(compliantResult(action.reason), null);
  if (action.failsWith !== null) return done("failed", action.failsWith);
  if (kind === "detection-only") return done("not-compliant", "This session only detects.");
  return { status: "pending", result: null, resultReason: null, endedAt: null };
}
