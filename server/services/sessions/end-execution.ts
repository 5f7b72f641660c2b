import { and, eq } from "drizzle-orm";
import { actions, computers } from "@/db/schema";
import { summarizeSession } from "@/server/core/session";
import type { TransactionContext } from "../transaction";
import { count } from "./count";
import { endActions } from "./end-actions";
import { endSession } from "./end-session";
import type { RunningSession } from "./run-session-row";
import { writeSessionEvent } from "./session-events";

/**
 * Ends a session that executed: what was left undone fails with `cutShort`, the session is called by its actions, and a
 * restart that is due is said.
 */
export async function endExecution(
  tx: TransactionContext,
  running: RunningSession,
  cutShort: string | null,
): Promise<void> {
  const { session } = running;
  if (cutShort !== null) await endActions(tx, session.id, { result: "failed", reason: cutShort });
  const all = await tx.db
    .select({ result: actions.result, type: actions.type })
    .from(actions)
    .where(eq(actions.sessionId, session.id));
  await sayReboot(tx, running);
  const status = summarizeSession(all);
  const failed = all.filter((action) => action.result === "failed").length;
  const sentence =
    cutShort ??
    (failed === 0
      ? "Everything was done."
      : `${count(failed, "action")} of ${all.length} failed; see there for the reasons.`);
  await endSession(tx, running, { status, sentence });
}

/** Restarting is not done by this version: that it is due is said where people look. */
async function sayReboot(tx: TransactionContext, { session, computerId }: RunningSession) {
  const [computer] = await tx.db
    .select({ name: computers.name })
    .from(computers)
    .where(and(eq(computers.id, computerId), eq(computers.pendingReboot, true)));
  if (!computer) return;
  const wanted = session.options.reboot !== "suppress";
  await writeSessionEvent(tx, session.id, {
    key: "reboot-pending",
    kind: "reboot-pending",
    sentence: wanted
      ? `${computer.name} needs a restart, which this version does not do by itself yet; restart it by hand.`
      : `${computer.name} needs a restart; this session leaves that to its user.`,
    data: { preference: session.options.reboot },
  });
}
