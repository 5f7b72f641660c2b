/** Rows as the engine writes them. Moments are epoch milliseconds; `payload`, `result` and `output` are JSON text. */

export interface EventRow {
  id: string;
  name: string;
  external_id: string | null;
  payload: string;
}

export interface RunRow {
  id: string;
  function_id: string;
  event_id: string;
  rank: number;
  slot_keys: string[] | null;
  idempotency_key: string | null;
  singleton_key: string | null;
  parent_run_id: string | null;
  parent_step_id: string | null;
}

export type StepState = "planned" | "sleeping" | "waiting" | "invoking" | "arrived" | "done";

export interface StepRow {
  run_id: string;
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

/** The end of a step that waited: refused when the step is no longer in the state it is expected in. */
export interface SettledRow {
  run_id: string;
  id: string;
  from: StepState;
  /** Left out for `arrived`, whose result is already there. */
  result: string | null;
  position: number;
}

export interface WaitRow {
  run_id: string;
  step_id: string;
  kind: "wait" | "cancel";
  event_name: string;
  match_key: string;
  expression: string | null;
  expires_at: number | null;
}

export type RunStatus = "Queued" | "Running" | "Completed" | "Failed" | "Cancelled";

/** Where a run goes when its engine lets go of it. */
export interface ReleaseRow {
  id: string;
  state: "ready" | "parked" | "done";
  status: RunStatus;
  attempt: number;
  due_at: number | null;
  retry_at: number | null;
  output: string | null;
  /** Refused unless the run's `wake` is still this: something arrived that has not been looked at. */
  wake: number | null;
}

/** Everything one commit writes; in one statement, all or nothing. */
export interface Write {
  /** Runs the writer holds; what is said about a run it no longer holds is not written. */
  holds: string[];
  events: EventRow[];
  runs: RunRow[];
  steps: StepRow[];
  settled: SettledRow[];
  waits: WaitRow[];
  endedWaits: { run_id: string; step_id: string }[];
  /** Runs all of whose waits and cancellations end. */
  cleared: string[];
  released: ReleaseRow[];
}

export interface WriteResult {
  held: Set<string>;
  events: Set<string>;
  runs: Set<string>;
  /** `run/step` of what was settled. */
  settled: Set<string>;
  released: Set<string>;
}

export const emptyWrite = (): Write => ({
  holds: [],
  events: [],
  runs: [],
  steps: [],
  settled: [],
  waits: [],
  endedWaits: [],
  cleared: [],
  released: [],
});

/** Several writes as one. */
export function mergeWrites(writes: readonly Write[]): Write {
  const merged = emptyWrite();
  for (const write of writes) {
    merged.holds.push(...write.holds);
    merged.events.push(...write.events);
    merged.runs.push(...write.runs);
    merged.steps.push(...write.steps);
    merged.settled.push(...write.settled);
    merged.waits.push(...write.waits);
    merged.endedWaits.push(...write.endedWaits);
    merged.cleared.push(...write.cleared);
    merged.released.push(...write.released);
  }
  return merged;
}
