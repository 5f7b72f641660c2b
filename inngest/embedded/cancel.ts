import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import type { EngineContext } from "./context";
import { holds, parseExpression } from "./expression";
import { settleCancelled } from "./propagate";
import { cancelRuns } from "./store/arrivals";
import { inTransaction } from "./transaction";

/** Which runs a bulk cancellation means. */
export interface CancellationFilter {
  functionIds: string[];
  startedAfter: Date;
  startedBefore: Date;
  /** An expression over the event that started the run. */
  if: string | undefined;
}

const MOST_AT_ONCE = 500;

/** Cancels a run that has not ended; a step that runs is let finish. False when there is no such run. */
export async function cancelRun(engine: EngineContext, runId: string): Promise<boolean> {
  return (await cancelAll(engine, [runId])) > 0;
}

/** Cancels the runs a filter means. @returns how many. @throws ExpressionError */
export async function cancelMatching(engine: EngineContext, filter: CancellationFilter): Promise<number> {
  const condition = filter.if === undefined ? undefined : parseExpression(filter.if);
  const found = await rows<{ id: string; event: string }>(
    engine.db,
    sql`select r.id, e.payload::text as event from engine_runs r join engine_events e on e.id = r.event_id
      where r.function_id in (select * from json_array_elements_text(${JSON.stringify(filter.functionIds)}::json))
        and r.state <> 'done' and r.created_at >= ${filter.startedAfter.toISOString()}::timestamptz
        and r.created_at <= ${filter.startedBefore.toISOString()}::timestamptz`,
  );
  const ids = found.filter((run) => holds(condition, { event: JSON.parse(run.event) })).map((run) => run.id);
  let cancelled = 0;
  for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
    cancelled += await cancelAll(engine, ids.slice(from, from + MOST_AT_ONCE));
  }
  return cancelled;
}

async function cancelAll(engine: EngineContext, ids: readonly string[]): Promise<number> {
  const { count, after } = await inTransaction(engine.db, async (tx) => {
    const cancelled = await cancelRuns(tx, ids, engine.nowMs());
    return { count: cancelled.length, after: await settleCancelled(engine, tx, cancelled) };
  });
  after();
  return count;
}
