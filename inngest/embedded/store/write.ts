import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { NEWS_CHANNEL } from "../link";
import type { Executor } from "../types";
import type { Write, WriteResult } from "./shapes";

/** Epoch milliseconds in a JSON recordset, as a moment. */
const moment = (column: string) => sql.raw(`to_timestamp(${column}::float8 / 1000)`);
const json = (value: unknown) => sql`${JSON.stringify(value)}::json`;

/**
 * Writes everything in one statement, leaving out what there is nothing of. Rows of runs that `engineId` no longer
 * holds are skipped: the lock on the run's row makes that certain.
 * @param news told to other engines when new runs came of it.
 */
export async function writeAll(
  db: Executor,
  engineId: number,
  nowMs: number,
  write: Write,
  news?: string,
): Promise<WriteResult> {
  const now = sql`to_timestamp(${nowMs}::float8 / 1000)`;
  const parts: SQL[] = [];
  const answers: SQL[] = [];
  const add = (name: string, part: SQL, key: string) => {
    parts.push(sql`${sql.raw(name)} as (${part})`);
    answers.push(sql`select ${name}::text as part, ${sql.raw(key)} as key from ${sql.raw(name)}`);
  };

  if (write.holds.length > 0) {
    // In order of id, as everything that locks several runs does it.
    add(
      "held",
      sql`select r.id from engine_runs r where r.id in (select * from json_array_elements_text(${json(write.holds)}))
        and r.owner = ${engineId} and r.state = 'active' order by r.id for no key update`,
      "id",
    );
  }
  if (write.events.length > 0) {
    add(
      "events",
      sql`insert into engine_events (id, name, external_id, payload, received_at)
        select e.id, e.name, e.external_id, e.payload::json, ${now}
        from json_to_recordset(${json(write.events)}) as e(id text, name text, external_id text, payload text)
        on conflict do nothing returning id`,
      "id",
    );
  }
  if (write.runs.length > 0) {
    const parentHeld = write.holds.length > 0 ? sql`r.parent_run_id in (select id from held)` : sql`false`;
    add(
      "runs",
      sql`insert into engine_runs (id, function_id, event_id, state, status, rank, slot_keys, idempotency_key,
          singleton_key, parent_run_id, parent_step_id, created_at)
        select r.id, r.function_id, r.event_id, 'ready', 'Queued', ${moment("r.rank")}, r.slot_keys, r.idempotency_key,
          r.singleton_key, r.parent_run_id, r.parent_step_id, ${now}
        from json_to_recordset(${json(write.runs)}) as r(id text, function_id text, event_id text, rank float8,
          slot_keys text[], idempotency_key text, singleton_key text, parent_run_id text, parent_step_id text)
        where r.event_id in (select id from events) and (r.parent_run_id is null or ${parentHeld})
        on conflict do nothing returning id`,
      "id",
    );
  }
  if (write.steps.length > 0) {
    add(
      "steps",
      sql`insert into engine_steps as s (run_id, id, name, op, state, race, attempt, due_at, result, position,
          created_at, ended_at)
        select x.run_id, x.id, x.name, x.op, x.state, x.race, x.attempt, ${moment("x.due_at")}, x.result::json,
          x.position, ${now}, case when x.state = 'done' then ${now} end
        from json_to_recordset(${json(write.steps)}) as x(run_id text, id text, name text, op text, state text,
          race boolean, attempt int, due_at float8, result text, position int)
        where x.run_id in (select id from held)
        on conflict (run_id, id) do update set op = excluded.op, state = excluded.state, attempt = excluded.attempt,
          due_at = excluded.due_at, result = excluded.result, position = excluded.position, ended_at = excluded.ended_at
        where s.state = 'planned' returning s.run_id`,
      "run_id",
    );
  }
  if (write.settled.length > 0) {
    add(
      "settled",
      sql`update engine_steps s set state = 'done', position = x.position, ended_at = ${now},
          result = case when s.state = 'arrived' then s.result else x.result::json end
        from json_to_recordset(${json(write.settled)}) as x(run_id text, id text, "from" text, result text, position int)
        where s.run_id = x.run_id and s.id = x.id and s.state = x."from" and x.run_id in (select id from held)
        returning s.run_id || '/' || s.id as step`,
      "step",
    );
  }
  if (write.waits.length > 0) {
    const known = [write.runs.length > 0 && "runs", write.holds.length > 0 && "held"]
      .filter((name) => name !== false)
      .map((name) => `select id from ${name}`)
      .join(" union all ");
    add(
      "waits",
      sql`insert into engine_waits (run_id, step_id, kind, event_name, match_key, expression, expires_at)
        select w.run_id, w.step_id, w.kind, w.event_name, w.match_key, w.expression, ${moment("w.expires_at")}
        from json_to_recordset(${json(write.waits)}) as w(run_id text, step_id text, kind text, event_name text,
          match_key text, expression text, expires_at float8)
        where w.run_id in (${sql.raw(known)})
        on conflict do nothing returning run_id`,
      "run_id",
    );
  }
  if (write.endedWaits.length > 0) {
    add(
      "ended",
      sql`delete from engine_waits w using json_to_recordset(${json(write.endedWaits)}) as x(run_id text, step_id text)
        where w.run_id = x.run_id and w.step_id = x.step_id and x.run_id in (select id from held) returning w.run_id`,
      "run_id",
    );
  }
  if (write.released.length > 0) {
    add(
      "released",
      sql`update engine_runs u set state = x.state, status = x.status, owner = null, attempt = x.attempt,
          due_at = ${moment("x.due_at")}, retry_at = ${moment("x.retry_at")}, output = x.output::json, recoveries = 0,
          ended_at = case when x.state = 'done' then ${now} end
        from json_to_recordset(${json(write.released)}) as x(id text, state text, status text, attempt int,
          due_at float8, retry_at float8, output text, wake int)
        where u.id = x.id and x.id in (select id from held) and (x.wake is null or u.wake = x.wake) returning u.id`,
      "id",
    );
  }
  if (write.cleared.length > 0) {
    add(
      "cleared",
      sql`delete from engine_waits where run_id in (select * from json_array_elements_text(${json(write.cleared)}))
        and run_id in (select id from held) returning run_id`,
      "run_id",
    );
  }
  if (news !== undefined) answers.push(sql`select 'news', pg_notify(${NEWS_CHANNEL}, ${news})::text`);

  const found = await rows<{ part: string; key: string }>(
    db,
    sql`with ${sql.join(parts, sql`, `)} ${sql.join(answers, sql` union all `)}`,
  );
  const keysOf = (part: string) => new Set(found.filter((row) => row.part === part).map((row) => row.key));
  return {
    held: keysOf("held"),
    events: keysOf("events"),
    runs: keysOf("runs"),
    settled: keysOf("settled"),
    released: keysOf("released"),
  };
}
