import type { EngineContext } from "./context";
import { backoffMs, parseRetryAfterMs } from "./durations";
import { planOps, UnsupportedStepError } from "./plan-ops";
import { type EndedRun, endsQuietly, settleEnded } from "./propagate";
import { type Op, type Outcome, toError } from "./protocol";
import { EMPTY_MEMO, RunState } from "./run-state";
import { type ClaimedRun, type ClaimedStep, reloadRun } from "./store/claim";
import { emptyWrite, type ReleaseRow, type SettledRow, type Write } from "./store/shapes";
import { MOST_RECOVERIES } from "./store/upkeep";
import { isDatabaseAway } from "./transaction";

const LONGEST_UNREACHABLE_MS = 60_000;
const AFTER_AWAY_MS = 1000;

/**
 * Carries one run on until it ends, has to wait, or the engine stops. The run stays in memory between its steps; the
 * result of each is written before the function is called again.
 */
export class RunExecution {
  private readonly run: RunState;
  private readonly calls = new Map<string, Promise<void>>();
  private readonly maxAttempts: number;
  private readonly maxCalls: number;
  /** Something the function does not know yet: call it. */
  private hasNews = true;
  private unreachableCount = 0;
  private touched = false;
  private wakeUp: () => void = () => {};
  private over = false;
  private failure: unknown;

  constructor(
    private readonly engine: EngineContext,
    private readonly claimed: ClaimedRun,
    private readonly isStopping: () => boolean,
  ) {
    this.run = new RunState(claimed);
    const spec = engine.registry.get(claimed.function_id);
    this.maxAttempts = spec?.maxAttempts ?? 4;
    // A run holds one slot of a limited function, so it may run one step at a time.
    this.maxCalls = spec && spec.concurrency.length > 0 ? 1 : engine.limits.maxStepsPerRun;
  }

  /** Something reached the run from outside, or the engine stops. */
  touch(): void {
    this.touched = true;
    this.wakeUp();
  }

  async execute(): Promise<void> {
    if (this.claimed.recoveries > MOST_RECOVERIES) {
      return this.finish("Failed", {
        name: "Error",
        message: `The process died ${this.claimed.recoveries} times while it ran this function without finishing a step.`,
      });
    }
    while (!this.over) {
      if (this.failure !== undefined) throw this.failure;
      if (this.touched) await this.reload();
      await this.settleWhatIsOver();
      if (this.over) break;
      if (!this.isStopping()) this.startCalls();
      if (this.calls.size > 0) await this.somethingHappens();
      else if (this.isStopping()) await this.release("ready");
      else await this.release("parked");
    }
    // A run that was cancelled, or has ended beside a step, is not out of hand while a step still runs.
    await Promise.all(this.calls.values());
  }

  /**
   * Gives the run back after an unexpected error. It counts as an attempt, so that nothing fails for ever, unless the
   * database was away: that is no fault of the run.
   */
  async recover(error: unknown): Promise<void> {
    await Promise.allSettled(this.calls.values());
    this.failure = undefined;
    this.run.unsaved = [];
    if (this.over) return;
    const isAway = isDatabaseAway(error);
    if (!isAway && this.run.attempt + 1 >= this.maxAttempts) return this.finish("Failed", toError(errorShape(error)));
    const waitMs = isAway ? AFTER_AWAY_MS : backoffMs(this.run.attempt, this.run.id);
    if (!isAway) this.run.attempt += 1;
    const retryAtMs = this.engine.nowMs() + waitMs;
    this.run.retryAtMs = retryAtMs;
    await this.commit(this.releaseWrite({ state: "parked", due_at: retryAtMs, wake: null }));
    this.engine.dueAt(retryAtMs);
  }

  private async somethingHappens(): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.wakeUp = resolve;
    });
    if (!this.touched) await Promise.race([...this.calls.values(), woken]);
    this.wakeUp = () => {};
    // While it stops only the end of the calls matters.
    if (this.isStopping()) await Promise.race(this.calls.values());
  }

  private async reload(): Promise<void> {
    this.touched = false;
    const row = await reloadRun(this.engine.db, this.engine.id, this.run.id);
    if (!row) {
      this.over = true;
      return;
    }
    this.run.wake = row.wake;
    for (const step of row.steps ?? []) if (this.run.get(step.id)?.state !== "done") this.run.put(step);
  }

  private async settleWhatIsOver(): Promise<void> {
    const nowMs = this.engine.nowMs();
    const overdue = this.run.overdue(nowMs);
    if (overdue.length > 0) {
      // Results being written now were seen first, and must stay first.
      if (this.calls.size > 0) await this.writeSettled(overdue);
      else {
        this.run.unsaved.push(...overdue);
        this.accept(overdue);
      }
    }
    const timedOut = this.run.timedOut(nowMs);
    if (timedOut.length > 0) await this.timeOut(timedOut);
  }

  private async timeOut(steps: readonly ClaimedStep[]): Promise<void> {
    const ends = steps.map((step) => ({
      run_id: this.run.id,
      id: step.id,
      from: step.state,
      result: step.state === "waiting" ? EMPTY_MEMO : timeoutMemo(step.name),
      position: this.run.nextPosition(),
    }));
    await this.writeSettled(ends);
  }

  private async writeSettled(ends: readonly SettledRow[]): Promise<void> {
    const write = emptyWrite();
    write.settled.push(...ends);
    write.endedWaits.push(...ends.map((end) => ({ run_id: end.run_id, step_id: end.id })));
    const result = await this.commit(write);
    this.accept(ends.filter((end) => result.settled.has(`${end.run_id}/${end.id}`)));
    // What was refused has been ended by an event in the same moment.
    if (ends.some((end) => !result.settled.has(`${end.run_id}/${end.id}`))) this.touched = true;
  }

  private accept(ends: readonly SettledRow[]): void {
    for (const end of ends) this.run.settle(end);
    this.hasNews ||= ends.length > 0;
  }

  /** Starts every call that can be made now. */
  private startCalls(): void {
    const nowMs = this.engine.nowMs();
    const pending = this.run.pending();
    for (const step of pending) {
      if (step.state !== "planned" || (step.due_at ?? 0) > nowMs || this.calls.has(step.id)) continue;
      if (this.calls.size < this.maxCalls) this.start(step.id, () => this.runStep(step));
    }
    // As Inngest does it: the function goes on when all of a parallel group are done, in a race after each.
    const mayGoOn = pending.length === 0 || (this.hasNews && pending.some((step) => step.race));
    const isDue = (this.run.retryAtMs ?? 0) <= nowMs;
    if (mayGoOn && isDue && !this.calls.has(DISCOVERY) && this.calls.size < this.maxCalls) {
      this.hasNews = false;
      this.run.retryAtMs = null;
      this.start(DISCOVERY, () => this.discover(pending.length > 0));
    }
  }

  private start(key: string, work: () => Promise<void>): void {
    const call = work()
      .catch((error: unknown) => {
        this.failure = error ?? new Error("A call failed without an error");
      })
      .finally(() => this.calls.delete(key));
    this.calls.set(key, call);
  }

  private call(stepId: string | undefined, attempt: number, planOnly: boolean): Promise<Outcome> {
    return this.engine.app.call({
      functionId: this.run.functionId,
      stepId,
      runId: this.run.id,
      attempt,
      maxAttempts: this.maxAttempts,
      planOnly,
      event: this.run.event,
      memos: this.run.memos(),
    });
  }

  /** Calls the function until it finds something new, runs a step, or ends. */
  private async discover(planOnly: boolean): Promise<void> {
    const outcome = await this.call(undefined, this.run.attempt, planOnly);
    switch (outcome.kind) {
      case "result":
        return this.finish("Completed", JSON.parse(outcome.output), outcome.output);
      case "unreachable":
        this.run.retryAtMs = this.unreachableUntil(outcome.reason);
        this.hasNews = true;
        return;
      case "error":
        if (!outcome.retriable) return this.finish("Failed", outcome.error);
        return this.retryFunction(outcome.error, outcome.retryAfter);
      case "ops":
        return this.applyOps(outcome.ops, outcome.retryAfter);
    }
  }

  private async applyOps(ops: readonly Op[], retryAfter: string | undefined): Promise<void> {
    this.unreachableCount = 0;
    const failed = ops.find((op) => op.op === "StepError");
    const complete = ops.find((op) => op.op === "RunComplete");
    const before = this.run.pending().length;
    await this.store(ops.filter((op) => op !== failed && op !== complete));
    if (this.over) return;
    if (complete) return this.finish("Completed", complete.data);
    if (failed) return this.retryFunction(failed.error, retryAfter);
    if (before === 0 && this.run.pending().length === 0 && !this.hasNews) {
      return this.retryFunction(
        { name: "Error", message: "The function made no progress when it was called." },
        undefined,
      );
    }
  }

  /** Runs one step of a parallel group. */
  private async runStep(step: ClaimedStep): Promise<void> {
    const outcome = await this.call(step.id, step.attempt, false);
    switch (outcome.kind) {
      case "unreachable":
        step.due_at = this.unreachableUntil(outcome.reason);
        return;
      case "result":
        return this.finish("Completed", JSON.parse(outcome.output), outcome.output);
      case "error":
        if (!outcome.retriable || step.attempt + 1 >= this.maxAttempts) return this.finish("Failed", outcome.error);
        return this.retryStep(step, outcome.retryAfter);
      case "ops": {
        this.unreachableCount = 0;
        const failed = outcome.ops.find((op) => op.op === "StepError" && op.id === step.id);
        if (failed) return this.retryStep(step, outcome.retryAfter);
        return this.store(outcome.ops);
      }
    }
  }

  /** Writes what the SDK reported; lets go of the run in the same write when all it can do now is wait. */
  private async store(ops: readonly Op[]): Promise<void> {
    let plan: ReturnType<typeof planOps>;
    try {
      plan = planOps(this.engine, this.run, ops);
    } catch (error) {
      if (!(error instanceof UnsupportedStepError)) throw error;
      return this.finish("Failed", { name: error.name, message: error.message });
    }
    if (plan.steps.length === 0) return;
    const done = plan.steps.filter((step) => step.state === "done");
    const dueMs = done.length === 0 && this.calls.size <= 1 && !this.touched ? this.waitsUntil(plan.steps) : undefined;
    if (dueMs !== undefined) {
      this.run.attempt = 0;
      this.run.retryAtMs = null;
      plan.write.released.push(this.releaseRow({ state: "parked", due_at: dueMs, wake: this.run.wake }));
    }
    const result = await this.commit(plan.write);
    if (result.runs.size > 0) this.engine.wake();
    if (dueMs !== undefined && result.released.has(this.run.id)) {
      this.over = true;
      if (dueMs !== null) this.engine.dueAt(dueMs);
    } else if (dueMs !== undefined) this.touched = true;
    for (const step of plan.steps) this.run.put(step);
    if (done.length > 0) {
      this.hasNews = true;
      this.run.attempt = 0;
      this.run.retryAtMs = null;
    }
  }

  /** Until when the run only waits, were these steps added; null for no set time, undefined when it does not only wait. */
  private waitsUntil(added: readonly ClaimedStep[]): number | null | undefined {
    const steps = [...this.run.pending(), ...added];
    const nowMs = this.engine.nowMs();
    const waits = steps.every(
      (step) => step.state === "waiting" || step.state === "invoking" || step.state === "sleeping",
    );
    const moments = steps.flatMap((step) => (step.due_at === null ? [] : [step.due_at]));
    if (!waits || moments.some((moment) => moment <= nowMs)) return undefined;
    return moments.length > 0 ? Math.min(...moments) : null;
  }

  private async retryFunction(error: unknown, retryAfter: string | undefined): Promise<void> {
    if (this.run.attempt + 1 >= this.maxAttempts) return this.finish("Failed", toError(error));
    this.run.retryAtMs = this.retryAtMs(this.run.attempt, retryAfter);
    this.run.attempt += 1;
    this.hasNews = true;
  }

  private async retryStep(step: ClaimedStep, retryAfter: string | undefined): Promise<void> {
    const dueMs = this.retryAtMs(step.attempt, retryAfter);
    const next = { ...step, run_id: this.run.id, attempt: step.attempt + 1, due_at: dueMs };
    const write = emptyWrite();
    write.steps.push(next);
    await this.commit(write);
    this.run.put(next);
  }

  private retryAtMs(attempt: number, retryAfter: string | undefined): number {
    const nowMs = this.engine.nowMs();
    const asked = retryAfter === undefined ? undefined : parseRetryAfterMs(retryAfter, nowMs);
    return asked ?? nowMs + backoffMs(attempt, this.run.id);
  }

  private unreachableUntil(reason: string): number {
    const waitMs = Math.min(LONGEST_UNREACHABLE_MS, 1000 * 2 ** Math.min(this.unreachableCount, 10));
    this.unreachableCount += 1;
    this.engine.logger.warn({ reason, waitMs, runId: this.run.id }, "The app does not answer as the Inngest SDK does");
    return this.engine.nowMs() + waitMs;
  }

  private async finish(status: EndedRun["status"], value: unknown, output = JSON.stringify(value) ?? "null") {
    const release = this.releaseRow({ state: "done", status, output, due_at: null, wake: null });
    const ended: EndedRun = {
      id: this.run.id,
      functionId: this.run.functionId,
      parent: undefined,
      event: this.run.trigger,
      status,
      output,
    };
    if (this.claimed.parent_run_id) {
      ended.parent = { run_id: this.claimed.parent_run_id, step_id: this.claimed.parent_step_id ?? "" };
    }
    if (endsQuietly(this.engine, ended)) {
      const write = emptyWrite();
      write.released.push(release);
      const spec = this.engine.registry.get(this.run.functionId);
      if (!spec || spec.cancelOn.length > 0 || this.run.hasWaits) write.cleared.push(this.run.id);
      await this.commit(write);
    } else await settleEnded(this.engine, ended, release);
    this.over = true;
  }

  /** Lets go of the run, unless something has reached it meanwhile. */
  private async release(state: "ready" | "parked"): Promise<void> {
    const dueMs = state === "parked" ? this.run.nextDueMs() : null;
    const wake = state === "parked" ? this.run.wake : null;
    const result = await this.commit(this.releaseWrite({ state, due_at: dueMs, wake }));
    if (!result.released.has(this.run.id)) {
      this.touched = true;
      return;
    }
    this.over = true;
    if (dueMs !== null) this.engine.dueAt(dueMs);
  }

  private releaseWrite(release: Pick<ReleaseRow, "state" | "due_at" | "wake">): Write {
    const write = emptyWrite();
    write.released.push(this.releaseRow(release));
    return write;
  }

  private releaseRow(release: Pick<ReleaseRow, "state" | "due_at" | "wake"> & Partial<ReleaseRow>): ReleaseRow {
    return {
      id: this.run.id,
      status: "Running",
      attempt: this.run.attempt,
      retry_at: this.run.retryAtMs,
      output: null,
      ...release,
    };
  }

  /** Writes, with what is still unsaved. A run no longer held is left alone. */
  private async commit(write: Write) {
    write.holds.push(this.run.id);
    write.settled.unshift(...this.run.unsaved);
    write.endedWaits.push(...this.run.unsaved.map((row) => ({ run_id: row.run_id, step_id: row.id })));
    this.run.unsaved = [];
    const result = await this.engine.write(write);
    if (!result.held.has(this.run.id)) this.over = true;
    return result;
  }
}

const DISCOVERY = "discovery";

const timeoutMemo = (name: string) =>
  JSON.stringify({
    type: "error",
    error: { name: "Error", message: `Timed out waiting for the invoked function to complete ("${name}")` },
  });

const errorShape = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { message: String(error) };
