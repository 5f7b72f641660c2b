import type { EngineContext } from "./context";
import { RunExecution } from "./execute-run";
import { type ClaimedRun, claimLimited, claimUnlimited } from "./store/claim";

const RECOVER_DELAY_MS = 1000;

/** Takes runs that are ready, as many as the engine may hold, and carries them on. */
export class RunQueue {
  private readonly executions = new Map<string, RunExecution>();
  private open = false;
  private stopping = false;
  private claiming = false;
  private again = false;
  private mayHaveMore = false;
  private limitedFirst = false;
  private whenEmpty: (() => void)[] = [];

  constructor(private readonly engine: () => EngineContext) {}

  start(): void {
    this.open = true;
    this.wake();
  }

  /** Looks for runs; looks again when something happens while it looks. */
  wake(): void {
    this.again = true;
    if (!this.open || this.claiming) return;
    this.claiming = true;
    void this.engine().busy(this.claimAll());
  }

  touch(runId: string): void {
    this.executions.get(runId)?.touch();
  }

  /** Takes no more; resolves when every run is let go of. */
  async drain(): Promise<void> {
    this.open = false;
    this.stopping = true;
    for (const execution of this.executions.values()) execution.touch();
    if (this.executions.size > 0 || this.claiming) await new Promise<void>((resolve) => this.whenEmpty.push(resolve));
  }

  private async claimAll(): Promise<void> {
    try {
      while (this.again && this.open) {
        this.again = false;
        const free = this.engine().limits.maxActiveRuns - this.executions.size;
        if (free <= 0) break;
        const claimed = await this.claim(free);
        this.mayHaveMore = claimed.length >= free;
        for (const run of claimed) this.launch(run);
      }
    } catch (error) {
      this.engine().logger.error({ error }, "Runs could not be taken from the queue");
      this.later(() => this.wake());
    } finally {
      this.claiming = false;
      this.settle();
    }
  }

  /** Who is looked for first takes turns, so that neither kind of run shuts the other out. */
  private async claim(free: number): Promise<ClaimedRun[]> {
    const { db, id, registry } = this.engine();
    const nowMs = this.engine().nowMs();
    const unlimited = (count: number) => (count > 0 ? claimUnlimited(db, id, nowMs, count) : []);
    const limitsOf = (functionId: string) => registry.get(functionId)?.concurrency.map(({ limit }) => limit) ?? [];
    const limited = (count: number) => (count > 0 ? claimLimited(db, id, nowMs, count, limitsOf) : []);
    if (!registry.hasConcurrency) {
      const runs = await unlimited(free);
      // Functions that were limited when their runs came may be so no more.
      return runs.length > 0 ? runs : limited(free);
    }
    this.limitedFirst = !this.limitedFirst;
    const first = await (this.limitedFirst ? limited(free) : unlimited(free));
    return [...first, ...(await (this.limitedFirst ? unlimited(free - first.length) : limited(free - first.length)))];
  }

  private launch(claimed: ClaimedRun): void {
    const execution = new RunExecution(this.engine(), claimed, () => this.stopping);
    this.executions.set(claimed.id, execution);
    void this.engine().busy(this.carryOn(claimed, execution));
  }

  private async carryOn(claimed: ClaimedRun, execution: RunExecution): Promise<void> {
    try {
      await execution.execute();
    } catch (error) {
      this.engine().logger.error({ error, runId: claimed.id, functionId: claimed.function_id }, "A run met an error");
      await this.recover(execution, error);
    } finally {
      // The same run may have been taken again already.
      if (this.executions.get(claimed.id) === execution) this.executions.delete(claimed.id);
      const isLimited = (this.engine().registry.get(claimed.function_id)?.concurrency.length ?? 0) > 0;
      if (this.mayHaveMore || isLimited) this.wake();
      this.settle();
    }
  }

  /** Tries until the database takes it: a run must not stay held by nobody's hands. */
  private async recover(execution: RunExecution, cause: unknown): Promise<void> {
    while (!this.stopping) {
      try {
        return await execution.recover(cause);
      } catch (error) {
        this.engine().logger.error({ error }, "A run could not be given back; trying again");
        await new Promise<void>((resolve) => this.later(resolve));
      }
    }
  }

  private later(run: () => void): void {
    const { clock } = this.engine();
    clock.setTimer(clock.now().getTime() + RECOVER_DELAY_MS, run);
  }

  private settle(): void {
    if (this.executions.size > 0 || this.claiming) return;
    for (const resolve of this.whenEmpty.splice(0)) resolve();
  }
}
