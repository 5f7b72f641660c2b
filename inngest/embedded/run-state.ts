import type { ClaimedRun, ClaimedStep } from "./store/claim";
import type { SettledRow } from "./store/shapes";
import type { StoredEvent } from "./types";

/** A run in the hands of this engine: what the function has done so far and what it waits for. */
export class RunState {
  readonly id: string;
  readonly functionId: string;
  /** JSON text of the event that started it. */
  readonly event: string;
  readonly parentRunId: string | null;
  attempt: number;
  retryAtMs: number | null;
  wake: number;
  /** Ends of sleeps, and arrivals, that the function may already be told and that go with the next write. */
  unsaved: SettledRow[] = [];
  private readonly steps = new Map<string, ClaimedStep>();
  private lastPosition = 0;

  constructor(claimed: ClaimedRun) {
    this.id = claimed.id;
    this.functionId = claimed.function_id;
    this.event = claimed.event;
    this.parentRunId = claimed.parent_run_id;
    this.attempt = claimed.attempt;
    this.retryAtMs = claimed.retry_at;
    this.wake = claimed.wake;
    for (const step of claimed.steps ?? []) this.put(step);
  }

  get trigger(): StoredEvent {
    return JSON.parse(this.event);
  }

  put(step: ClaimedStep): void {
    this.steps.set(step.id, step);
    this.lastPosition = Math.max(this.lastPosition, step.position ?? 0);
  }

  has(stepId: string): boolean {
    return this.steps.has(stepId);
  }

  get(stepId: string): ClaimedStep | undefined {
    return this.steps.get(stepId);
  }

  /** Results in the order they were seen: the same order in every call, for it decides races. */
  nextPosition(): number {
    this.lastPosition += 1;
    return this.lastPosition;
  }

  memos(): { id: string; result: string }[] {
    return [...this.steps.values()]
      .filter((step) => step.state === "done")
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
      .map((step) => ({ id: step.id, result: step.result ?? "null" }));
  }

  pending(): ClaimedStep[] {
    return [...this.steps.values()].filter((step) => step.state !== "done");
  }

  get hasWaits(): boolean {
    return [...this.steps.values()].some((step) => step.op === "WaitForEvent");
  }

  /** Ends of steps that can be told to the function at once: sleeps that are over, results that arrived. */
  overdue(nowMs: number): SettledRow[] {
    return this.pending()
      .filter((step) => step.state === "arrived" || (step.state === "sleeping" && (step.due_at ?? 0) <= nowMs))
      .map((step) => ({
        run_id: this.id,
        id: step.id,
        from: step.state,
        result: step.state === "arrived" ? null : EMPTY_MEMO,
        position: this.nextPosition(),
      }));
  }

  /** Waits whose time is up; an event may be about to end them all the same. */
  timedOut(nowMs: number): ClaimedStep[] {
    return this.pending().filter(
      (step) => (step.state === "waiting" || step.state === "invoking") && step.due_at !== null && step.due_at <= nowMs,
    );
  }

  settle(row: SettledRow): void {
    const step = this.steps.get(row.id);
    if (!step) return;
    step.result = row.from === "arrived" ? step.result : row.result;
    step.state = "done";
    step.position = row.position;
    step.due_at = null;
  }

  /** When the run wants to go on by itself; null when only something from outside can move it. */
  nextDueMs(): number | null {
    const pending = this.pending();
    const moments = pending.flatMap((step) => (step.due_at === null ? [] : [step.due_at]));
    if (this.retryAtMs !== null) moments.push(this.retryAtMs);
    return moments.length > 0 ? Math.min(...moments) : null;
  }
}

/** What a sleep, or a wait that nothing ended, gives the function. */
export const EMPTY_MEMO = '{"type":"data","data":null}';
