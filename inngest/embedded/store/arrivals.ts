import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { eventKeys, holds, parseExpression } from "../expression";
import type { Executor, StoredEvent } from "../types";

/** A wait or a cancellation that an event has met. */
export interface Matched {
  run_id: string;
  step_id: string;
  kind: "wait" | "cancel";
  event: StoredEvent;
}

/** A run that something reached from outside. */
export interface Touched {
  id: string;
  owner: number | null;
  state: string;
}

/** Finds what events end or cancel; an event meets each wait at most once, and a wait only its first event. */
export async function findMatches(db: Executor, events: readonly StoredEvent[], nowMs: number): Promise<Matched[]> {
  const asked = events.map((event, index) => ({ i: index, name: event.name, keys: eventKeys(event) }));
  const found = await rows<{
    i: number;
    run_id: string;
    step_id: string;
    kind: "wait" | "cancel";
    expression: string | null;
    trigger: string | null;
  }>(
    db,
    sql`select x.i, w.run_id, w.step_id, w.kind, w.expression,
        case when w.expression is not null then (select e.payload::text from engine_events e where e.id = r.event_id) end as trigger
      from json_to_recordset(${JSON.stringify(asked)}::json) as x(i int, name text, keys text[])
      cross join lateral (select distinct key from unnest(x.keys) as key) k
      join engine_waits w on w.event_name = x.name and w.match_key = k.key
      join engine_runs r on r.id = w.run_id and r.state <> 'done'
      where w.expires_at is null or w.expires_at > to_timestamp(${nowMs}::float8 / 1000)
      order by x.i, w.run_id`,
  );
  const taken = new Set<string>();
  return found.flatMap((row) => {
    const event = events[row.i];
    const key = `${row.run_id}/${row.step_id}`;
    if (!event || taken.has(key)) return [];
    if (row.expression !== null) {
      const scope = { event: JSON.parse(row.trigger ?? "null"), async: event };
      if (!holds(parseExpression(row.expression), scope)) return [];
    }
    taken.add(key);
    return [{ run_id: row.run_id, step_id: row.step_id, kind: row.kind, event }];
  });
}

/** A result brought to a step that waits for it; `result` is the memo as JSON text. */
export interface Arrival {
  run_id: string;
  step_id: string;
  result: string;
}

/** Gives waiting steps their results and wakes their runs. Steps that wait no longer are passed over. */
export async function deliver(tx: Executor, arrivals: readonly Arrival[]): Promise<Touched[]> {
  if (arrivals.length === 0) return [];
  const given = JSON.stringify(arrivals);
  // Runs first and in order of id, as everything that locks several runs does it.
  await tx.execute(sql`select id from engine_runs where id in
    (select x.run_id from json_to_recordset(${given}::json) as x(run_id text)) order by id for no key update`);
  return rows<Touched>(
    tx,
    sql`with given as (select * from json_to_recordset(${given}::json) as x(run_id text, step_id text, result text)),
      arrived as (
        update engine_steps s set state = 'arrived', result = g.result::json, due_at = null
        from given g where s.run_id = g.run_id and s.id = g.step_id and s.state in ('waiting', 'invoking')
        returning s.run_id, s.id),
      ended as (
        delete from engine_waits w using arrived a where w.run_id = a.run_id and w.step_id = a.id)
      update engine_runs r set wake = r.wake + 1, state = case when r.state = 'parked' then 'ready' else r.state end
      where r.id in (select run_id from arrived) and r.state <> 'done'
      returning r.id, r.owner, r.state`,
  );
}

/** A run that was just cancelled, with what has to be told about it. */
export interface CancelledRun extends Touched {
  function_id: string;
  parent_run_id: string | null;
  parent_step_id: string | null;
  event: string;
}

/** Cancels runs that have not ended. Whoever holds one finds out when it next writes, or is told. */
export async function cancelRuns(tx: Executor, ids: readonly string[], nowMs: number): Promise<CancelledRun[]> {
  if (ids.length === 0) return [];
  return rows<CancelledRun>(
    tx,
    sql`with chosen as (select r.id, r.owner from engine_runs r
        where r.id in (select * from json_array_elements_text(${JSON.stringify(ids)}::json)) and r.state <> 'done'
        order by r.id for no key update),
      cleared as (delete from engine_waits w using chosen c where w.run_id = c.id)
      update engine_runs r set state = 'done', status = 'Cancelled', owner = null, due_at = null,
        ended_at = to_timestamp(${nowMs}::float8 / 1000)
      from chosen c where r.id = c.id
      returning r.id, c.owner, r.state, r.function_id, r.parent_run_id, r.parent_step_id,
        (select e.payload::text from engine_events e where e.id = r.event_id) as event`,
  );
}
