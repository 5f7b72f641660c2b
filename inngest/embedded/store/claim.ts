import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { rows } from "@/db/rows";
import type { Executor } from "../types";
import type { StepState } from "./shapes";

/** A run as an engine takes it up: all it needs to go on, in one answer. */
export interface ClaimedRun {
  id: string;
  function_id: string;
  event: string;
  attempt: number;
  wake: number;
  recoveries: number;
  retry_at: number | null;
  parent_run_id: string | null;
  parent_step_id: string | null;
  steps: ClaimedStep[] | null;
}

export interface ClaimedStep {
  id: string;
  name: string;
  op: string;
  state: StepState;
  race: boolean;
  attempt: number;
  due_at: number | null;
  result: string | null;
  position: number | null;
}

const stepsJson = sql`json_build_object('id', s.id, 'name', s.name, 'op', s.op, 'state', s.state, 'race', s.race,
  'attempt', s.attempt, 'due_at', (extract(epoch from s.due_at) * 1000)::float8, 'result', s.result::text,
  'position', s.position)`;

/** Takes up to `count` runs that no concurrency limit holds back, best rank first. */
export async function claimUnlimited(db: Executor, engineId: number, nowMs: number, count: number) {
  return claim(
    db,
    engineId,
    nowMs,
    sql`select id from engine_runs where state = 'ready' and slot_keys is null order by rank, id limit ${count}
      for update skip locked`,
  );
}

/** Advisory lock under which slots are given out: two engines counting at once would both see the last one free. */
const SLOT_LOCK = 0x45564c;

/**
 * Takes up to `count` runs whose functions limit their concurrency. A run takes a slot of each of its keys and
 * holds it until it is let go of; runs that sleep or wait hold none.
 * @param limitsOf the limits of a function, in the order of its runs' slot keys.
 */
export async function claimLimited(
  db: Db,
  engineId: number,
  nowMs: number,
  count: number,
  limitsOf: (functionId: string) => number[],
): Promise<ClaimedRun[]> {
  const [queue] = await rows<{ waits: boolean }>(
    db,
    sql`select exists(select 1 from engine_runs where state = 'ready' and slot_keys is not null) as waits`,
  );
  if (!queue?.waits) return [];
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SLOT_LOCK})`);
    const used = new Map<string, number>();
    const held = await rows<{ key: string; used: number }>(
      tx,
      sql`select key, count(*)::int as used from engine_runs, unnest(slot_keys) as key where state = 'active' group by key`,
    );
    for (const { key, used: slots } of held) used.set(key, slots);
    const chosen: string[] = [];
    const full = new Set<string>();
    // Keys found full are left out of the next look, so that a long queue behind one of them hides nobody.
    for (let more = true; more && chosen.length < count; ) {
      const candidates = await rows<{ id: string; function_id: string; slot_keys: string[] }>(
        tx,
        sql`select id, function_id, slot_keys from engine_runs where state = 'ready' and slot_keys is not null
          and not slot_keys && array(select * from json_array_elements_text(${JSON.stringify([...full])}::json))
          and id not in (select * from json_array_elements_text(${JSON.stringify(chosen)}::json))
          order by rank, id limit ${Math.max(50, count)}`,
      );
      const fullBefore = full.size;
      const chosenBefore = chosen.length;
      for (const run of candidates) {
        const limits = limitsOf(run.function_id);
        const blocked = run.slot_keys.filter((key, index) => (used.get(key) ?? 0) >= (limits[index] ?? Infinity));
        for (const key of blocked) full.add(key);
        if (blocked.length > 0 || chosen.length >= count) continue;
        chosen.push(run.id);
        for (const key of run.slot_keys) used.set(key, (used.get(key) ?? 0) + 1);
      }
      more = candidates.length > 0 && (full.size > fullBefore || chosen.length > chosenBefore);
    }
    if (chosen.length === 0) return [];
    return claim(
      tx,
      engineId,
      nowMs,
      sql`select id from engine_runs where state = 'ready'
        and id in (select * from json_array_elements_text(${JSON.stringify(chosen)}::json)) for update skip locked`,
    );
  });
}

function claim(db: Executor, engineId: number, nowMs: number, chosen: SQL): Promise<ClaimedRun[]> {
  const now = sql`to_timestamp(${nowMs}::float8 / 1000)`;
  return rows<ClaimedRun>(
    db,
    sql`with c as (${chosen})
      update engine_runs r set state = 'active', owner = ${engineId}, status = 'Running', due_at = null,
        started_at = coalesce(r.started_at, ${now})
      from c where r.id = c.id
      returning r.id, r.function_id, r.attempt, r.wake, r.recoveries, r.parent_run_id, r.parent_step_id,
        (extract(epoch from r.retry_at) * 1000)::float8 as retry_at,
        (select e.payload::text from engine_events e where e.id = r.event_id) as event,
        (select json_agg(${stepsJson}) from engine_steps s where s.run_id = r.id) as steps`,
  );
}

/** What a run's owner has to look at again after something reached the run from outside. */
export async function reloadRun(db: Executor, engineId: number, runId: string) {
  const [row] = await rows<{ wake: number; steps: ClaimedStep[] | null }>(
    db,
    sql`select r.wake, (select json_agg(${stepsJson}) from engine_steps s where s.run_id = r.id and s.state = 'arrived') as steps
      from engine_runs r where r.id = ${runId} and r.owner = ${engineId} and r.state = 'active'`,
  );
  return row;
}
