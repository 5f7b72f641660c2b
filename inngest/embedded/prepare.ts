import { z } from "zod";
import { evaluate, holds, matchOf } from "./expression";
import type { FunctionSpec } from "./function-config";
import { ulid, ulidFromName } from "./ids";
import type { FunctionRegistry } from "./registry";
import { type EventRow, emptyWrite, type RunRow, type WaitRow, type Write } from "./store/shapes";
import type { EventInput, StoredEvent } from "./types";

/** An event that cannot be taken; the message says what is wrong with it. */
export class EventError extends Error {
  override name = "EventError";
}

const eventSchema = z.object({
  id: z.string().min(1).max(1024).nullish(),
  name: z.string().min(1, "an event needs a name").max(256),
  data: z.unknown().optional(),
  user: z.unknown().optional(),
  v: z.string().nullish(),
  ts: z.number().int().nonnegative().max(8_640_000_000_000_000).nullish(),
  meta: z.unknown().optional(),
});

/** An event with the engine's id and the row it is stored as. */
export interface PreparedEvent {
  /** The engine's own id; `event.id` is the sender's where there is one. */
  id: string;
  event: StoredEvent;
  row: EventRow;
}

/** PostgreSQL's text has no NUL; names and ids are the only places where one could reach a text column. */
const withoutNul = (text: string) => text.replaceAll("\u0000", "");

/**
 * Checks an event and gives it its id.
 * @param seed makes the id the same each time the same request is repeated.
 * @throws EventError
 */
export function prepareEvent(input: EventInput, nowMs: number, seed?: string): PreparedEvent {
  const parsed = eventSchema.safeParse(input);
  if (!parsed.success) throw new EventError(`The event cannot be sent: ${z.prettifyError(parsed.error)}`);
  const { id: externalId, name, data, user, v, ts, meta } = parsed.data;
  const id = seed === undefined ? ulid(nowMs) : ulidFromName(nowMs, seed);
  const event: StoredEvent = {
    id: externalId ?? id,
    name,
    data: data ?? {},
    ts: ts ?? nowMs,
    ...(user === undefined ? {} : { user }),
    ...(v ? { v } : {}),
    ...(meta === undefined || meta === null ? {} : { meta }),
  };
  const payload = JSON.stringify(event);
  return {
    id,
    // What is matched is what is stored.
    event: JSON.parse(payload),
    row: { id, name: withoutNul(name), external_id: externalId ? withoutNul(externalId) : null, payload },
  };
}

/** The runs, and their cancellation triggers, that an event starts. */
export function routeEvent(registry: FunctionRegistry, prepared: PreparedEvent, nowMs: number): Write {
  const write = emptyWrite();
  write.events.push(prepared.row);
  for (const { spec, triggers } of registry.triggeredBy(prepared.event.name)) {
    if (!triggers.some((trigger) => holds(trigger.condition, { event: prepared.event }))) continue;
    addRun(write, spec, prepared, nowMs);
  }
  return write;
}

/** The run of a child function that a parent's step invokes. */
export function routeInvocation(
  spec: FunctionSpec,
  prepared: PreparedEvent,
  parent: { runId: string; stepId: string },
  nowMs: number,
): Write {
  const write = emptyWrite();
  write.events.push(prepared.row);
  addRun(write, spec, prepared, nowMs, parent);
  return write;
}

/** One run of a function, whatever its triggers say: for cron ticks, which concern one function only. */
export function routeTo(spec: FunctionSpec, prepared: PreparedEvent, nowMs: number): Write {
  const write = emptyWrite();
  write.events.push(prepared.row);
  addRun(write, spec, prepared, nowMs);
  return write;
}

function addRun(
  write: Write,
  spec: FunctionSpec,
  { id: eventId, event }: PreparedEvent,
  nowMs: number,
  parent?: { runId: string; stepId: string },
): void {
  const scope = { event };
  const keyOf = (value: unknown) => withoutNul(JSON.stringify(value) ?? "null");
  // An invocation must answer its parent: it is never folded into another run.
  const run: RunRow = {
    id: ulid(nowMs),
    function_id: spec.id,
    event_id: eventId,
    rank: nowMs - prioritySeconds(spec, scope) * 1000,
    slot_keys:
      spec.concurrency.length === 0
        ? null
        : spec.concurrency.map(({ scope: name, key }) => `${name}#${key ? keyOf(evaluate(key, scope)) : ""}`),
    idempotency_key: spec.idempotency && !parent ? keyOf(evaluate(spec.idempotency, scope)) : null,
    singleton_key:
      spec.singleton && !parent ? keyOf(spec.singleton.key ? evaluate(spec.singleton.key, scope) : null) : null,
    parent_run_id: parent?.runId ?? null,
    parent_step_id: parent?.stepId ?? null,
  };
  write.runs.push(run);
  write.waits.push(...cancellations(spec, run.id, event, nowMs));
}

function cancellations(spec: FunctionSpec, runId: string, event: StoredEvent, nowMs: number): WaitRow[] {
  return spec.cancelOn.map((cancel, index) => {
    const match = matchOf(cancel.condition, event);
    return {
      run_id: runId,
      step_id: `cancel:${index}`,
      kind: "cancel",
      event_name: cancel.event,
      match_key: match.key,
      expression: match.exact ? null : (cancel.condition?.text ?? null),
      expires_at: cancel.timeoutMs === undefined ? null : nowMs + cancel.timeoutMs,
    };
  });
}

/** Inngest's bounds: ten minutes ahead of, or behind, those that came at the same time. */
const MOST_PRIORITY_SECONDS = 600;

function prioritySeconds(spec: FunctionSpec, scope: { event: StoredEvent }): number {
  const value = spec.priority ? evaluate(spec.priority, scope) : 0;
  if (typeof value !== "number" || !Number.isFinite(value)) return 0;
  return Math.max(-MOST_PRIORITY_SECONDS, Math.min(MOST_PRIORITY_SECONDS, value));
}
