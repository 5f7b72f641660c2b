import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import type { Executor } from "../types";

const at = (ms: number) => sql`to_timestamp(${ms}::float8 / 1000)`;
const DAY_MS = 86_400_000;

/** Runs given back after this many deaths without a step in between are taken to be what kills the process. */
export const MOST_RECOVERIES = 20;

/** Puts runs held by engines that are dead back into the queue. */
export async function recoverRuns(db: Executor, aliveIds: readonly number[]): Promise<number> {
  const found = await rows<{ id: string }>(
    db,
    sql`update engine_runs set state = 'ready', owner = null, recoveries = recoveries + 1
      where state = 'active' and owner not in (select value::int from json_array_elements_text(${JSON.stringify(aliveIds)}::json))
      returning id`,
  );
  return found.length;
}

/** Puts parked runs whose time has come into the queue. */
export async function promoteDueRuns(db: Executor, nowMs: number): Promise<number> {
  const [row] = await rows<{ count: number }>(
    db,
    sql`with due as (
        update engine_runs set state = 'ready' where state = 'parked' and due_at <= ${at(nowMs)} returning id)
      select count(*)::int as count from due`,
  );
  return row?.count ?? 0;
}

/** When the next parked run or cron tick is due, in epoch milliseconds. */
export async function nextDueMs(db: Executor): Promise<number | null> {
  const [row] = await rows<{ at: number | null }>(
    db,
    sql`select (extract(epoch from least(
        (select min(due_at) from engine_runs where state = 'parked' and due_at is not null),
        (select min(next_at) from engine_crons))) * 1000)::float8 as at`,
  );
  return row?.at ?? null;
}

/** How many rows one statement of the sweep removes, so that none holds its locks for long. */
const CHUNK = 5000;

/**
 * Forgets runs that ended, and events that came, longer ago than they are kept; and takes event ids and idempotency
 * keys older than a day out of use, as Inngest does.
 */
export async function forgetOld(db: Executor, nowMs: number, retentionDays: number): Promise<void> {
  const before = at(nowMs - retentionDays * DAY_MS);
  const yesterday = at(nowMs - DAY_MS);
  await db.execute(sql`update engine_events set external_id = null
    where external_id is not null and received_at < ${yesterday}`);
  await db.execute(sql`update engine_runs set idempotency_key = null
    where idempotency_key is not null and created_at < ${yesterday}`);
  for (let removed = CHUNK; removed === CHUNK; ) {
    removed = await countDeleted(
      db,
      sql`delete from engine_runs where id in (
        select id from engine_runs where state = 'done' and ended_at < ${before} limit ${CHUNK}) returning id`,
    );
  }
  for (let removed = CHUNK; removed === CHUNK; ) {
    removed = await countDeleted(
      db,
      sql`delete from engine_events e where id in (
        select o.id from engine_events o where o.received_at < ${before}
          and not exists (select 1 from engine_runs r where r.event_id = o.id) limit ${CHUNK}) returning id`,
    );
  }
}

async function countDeleted(db: Executor, statement: ReturnType<typeof sql>): Promise<number> {
  return (await rows<{ id: string }>(db, statement)).length;
}
