import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import type { EngineContext } from "./context";
import { nextTick } from "./function-config";
import { prepareEvent, routeTo } from "./prepare";
import { INTERNAL_EVENTS, publishIn } from "./propagate";
import { inTransaction } from "./transaction";

const at = (ms: number) => sql`to_timestamp(${ms}::float8 / 1000)`;

/** Makes the stored ticks those of the registered functions; ticks that are pending already stay. */
export async function syncCrons(engine: EngineContext): Promise<void> {
  const now = new Date(engine.nowMs());
  const wanted = engine.registry.all().flatMap((spec) =>
    spec.crons.flatMap((expression) => {
      const next = nextTick(expression, now);
      return next ? [{ function_id: spec.id, expression, next_at: next.getTime() }] : [];
    }),
  );
  const given = sql`json_to_recordset(${JSON.stringify(wanted)}::json)
    as x(function_id text, expression text, next_at float8)`;
  await engine.db.execute(sql`delete from engine_crons c
    where not exists (select 1 from ${given} where x.function_id = c.function_id and x.expression = c.expression)`);
  await engine.db.execute(sql`insert into engine_crons (function_id, expression, next_at)
    select x.function_id, x.expression, to_timestamp(x.next_at / 1000) from ${given} on conflict do nothing`);
}

/**
 * Starts what is due. A tick missed while nothing ran is made up for once. The event's id names function and tick, so
 * that two engines that see the same tick start one run.
 */
export async function fireDueCrons(engine: EngineContext): Promise<void> {
  const nowMs = engine.nowMs();
  const due = await rows<{ function_id: string; expression: string; next_ms: number }>(
    engine.db,
    sql`select function_id, expression, (extract(epoch from next_at) * 1000)::float8 as next_ms from engine_crons
      where next_at <= ${at(nowMs)}`,
  );
  for (const cron of due) {
    const after = await inTransaction(engine.db, async (tx) => {
      const next = nextTick(cron.expression, new Date(nowMs));
      const moved = await rows<{ function_id: string }>(
        tx,
        next
          ? sql`update engine_crons set next_at = ${at(next.getTime())} where function_id = ${cron.function_id}
              and expression = ${cron.expression} and next_at = ${at(cron.next_ms)} returning function_id`
          : sql`delete from engine_crons where function_id = ${cron.function_id} and expression = ${cron.expression}
              and next_at = ${at(cron.next_ms)} returning function_id`,
      );
      const spec = engine.registry.get(cron.function_id);
      if (moved.length === 0 || !spec) return () => {};
      const tick = new Date(cron.next_ms).toISOString();
      const prepared = prepareEvent(
        {
          id: `cron:${cron.function_id}:${cron.expression}:${tick}`,
          name: INTERNAL_EVENTS.timer,
          data: { cron: cron.expression },
          ts: cron.next_ms,
        },
        nowMs,
      );
      return (await publishIn(engine, tx, [{ prepared, route: routeTo(spec, prepared, nowMs) }])).after;
    });
    after();
  }
}
