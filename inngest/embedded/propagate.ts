import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import type { EngineContext } from "./context";
import { type PreparedEvent, prepareEvent, routeEvent } from "./prepare";
import { type Arrival, type CancelledRun, cancelRuns, deliver, findMatches, type Matched } from "./store/arrivals";
import { emptyWrite, mergeWrites, type ReleaseRow, type Write, type WriteResult } from "./store/shapes";
import { writeAll } from "./store/write";
import { inTransaction } from "./transaction";
import type { Executor, StoredEvent } from "./types";

/** An event on its way, with the runs it starts. */
export interface Outgoing {
  prepared: PreparedEvent;
  route: Write;
}

/** A run that has ended, with all that has to be told about it. */
export interface EndedRun {
  id: string;
  functionId: string;
  parent: { run_id: string; step_id: string } | undefined;
  event: StoredEvent;
  status: "Completed" | "Failed" | "Cancelled";
  /** JSON text: the return value, or the error. */
  output: string;
}

export const INTERNAL_EVENTS = {
  failed: "inngest/function.failed",
  finished: "inngest/function.finished",
  cancelled: "inngest/function.cancelled",
  invoked: "inngest/function.invoked",
  timer: "inngest/scheduled.timer",
} as const;

/** Whether the end of a run concerns nobody but itself: no parent, nobody listening. */
export function endsQuietly(engine: EngineContext, run: EndedRun): boolean {
  return !run.parent && !internalEvents(engine, run).length;
}

/** Ends a run together with all that follows from it: the parent's step, onFailure and whoever listens. */
export async function settleEnded(engine: EngineContext, run: EndedRun, release: ReleaseRow): Promise<WriteResult> {
  const { result, after } = await inTransaction(engine.db, async (tx) => {
    const write = emptyWrite();
    write.holds.push(run.id);
    write.released.push(release);
    write.cleared.push(run.id);
    const written = await writeAll(tx, engine.id, engine.nowMs(), write);
    if (!written.released.has(run.id)) return { result: written, after: () => {} };
    return { result: written, after: await tellEnd(engine, tx, [run]) };
  });
  after();
  return result;
}

/** Tells what follows from cancellations; what is returned is for after the commit. */
export async function settleCancelled(
  engine: EngineContext,
  tx: Executor,
  cancelled: readonly CancelledRun[],
): Promise<() => void> {
  const after = await tellEnd(
    engine,
    tx,
    cancelled.map((run) => ({
      id: run.id,
      functionId: run.function_id,
      parent: run.parent_run_id ? { run_id: run.parent_run_id, step_id: run.parent_step_id ?? "" } : undefined,
      event: JSON.parse(run.event),
      status: "Cancelled",
      output: JSON.stringify({ name: "Error", message: "The invoked function was cancelled" }),
    })),
  );
  return () => {
    engine.touched(cancelled);
    after();
  };
}

async function tellEnd(engine: EngineContext, tx: Executor, ended: readonly EndedRun[]): Promise<() => void> {
  const touched = await deliver(
    tx,
    ended.flatMap((run) => (run.parent ? [answerParent(run, run.parent)] : [])),
  );
  const outgoing = ended.flatMap((run) => internalEvents(engine, run));
  const after = outgoing.length > 0 ? (await publishIn(engine, tx, outgoing)).after : () => {};
  return () => {
    engine.touched(touched);
    after();
  };
}

function answerParent(run: EndedRun, parent: { run_id: string; step_id: string }): Arrival {
  const answer =
    run.status === "Completed" ? `{"type":"data","data":${run.output}}` : `{"type":"error","error":${run.output}}`;
  return { ...parent, result: answer };
}

/** A failure is always told, for it may be waited for; the rest only where a function listens. */
function internalEvents(engine: EngineContext, run: EndedRun): Outgoing[] {
  const names =
    run.status === "Completed"
      ? [INTERNAL_EVENTS.finished]
      : run.status === "Failed"
        ? [INTERNAL_EVENTS.failed, INTERNAL_EVENTS.finished]
        : [INTERNAL_EVENTS.cancelled];
  const nowMs = engine.nowMs();
  return names
    .filter((name) => name === INTERNAL_EVENTS.failed || engine.registry.listensTo(name))
    .map((name) => {
      const output: unknown = JSON.parse(run.output);
      const data = {
        function_id: run.functionId,
        run_id: run.id,
        event: run.event,
        ...(run.status === "Completed" ? { result: output } : { error: output }),
      };
      const prepared = prepareEvent({ name, data, ts: nowMs }, nowMs);
      return { prepared, route: routeEvent(engine.registry, prepared, nowMs) };
    });
}

/** Stores events in a transaction and lets them end waits and cancel runs. `after` is for when it has committed. */
export async function publishIn(
  engine: EngineContext,
  tx: Executor,
  outgoing: readonly Outgoing[],
): Promise<{ ids: string[]; after: () => void }> {
  const { ids, fresh, runs } = await insertEvents(engine, tx, outgoing);
  const events = outgoing.flatMap(({ prepared }) => (fresh.has(prepared.id) ? [prepared.event] : []));
  const matches = await findMatches(tx, events, engine.nowMs());
  const cancelled = await cancelRuns(tx, idsOf(matches, "cancel"), engine.nowMs());
  const afterCancel = await settleCancelled(engine, tx, cancelled);
  const arrivals = matches
    .filter((match) => match.kind === "wait")
    .map(({ run_id, step_id, event }) => ({ run_id, step_id, result: JSON.stringify({ type: "data", data: event }) }));
  const touched = await deliver(tx, arrivals);
  return {
    ids,
    after: () => {
      afterCancel();
      engine.touched(touched);
      if (runs > 0) engine.wake();
    },
  };
}

/** Stores events and their runs. An event whose id was used before is not stored again, and its first id is given back. */
export async function insertEvents(engine: EngineContext, db: Executor, outgoing: readonly Outgoing[]) {
  const write = mergeWrites(outgoing.map(({ route }) => route));
  const news = engine.link.notifies && write.runs.length > 0 ? String(engine.id) : undefined;
  const result = await writeAll(db, engine.id, engine.nowMs(), write, news);
  const known = await knownIds(
    db,
    outgoing.flatMap(({ prepared }) => (result.events.has(prepared.id) ? [] : [prepared.row.external_id ?? ""])),
  );
  const ids = outgoing.map(({ prepared }) =>
    result.events.has(prepared.id) ? prepared.id : (known.get(prepared.row.external_id ?? "") ?? prepared.id),
  );
  return { ids, fresh: result.events, runs: result.runs.size };
}

async function knownIds(db: Executor, externalIds: string[]): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map();
  const found = await rows<{ id: string; external_id: string }>(
    db,
    sql`select id, external_id from engine_events
      where external_id in (select * from json_array_elements_text(${JSON.stringify(externalIds)}::json))`,
  );
  return new Map(found.map((row) => [row.external_id, row.id]));
}

const idsOf = (matches: readonly Matched[], kind: Matched["kind"]) => [
  ...new Set(matches.filter((match) => match.kind === kind).map((match) => match.run_id)),
];
