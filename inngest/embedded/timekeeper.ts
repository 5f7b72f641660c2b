import type { EngineContext } from "./context";
import { fireDueCrons } from "./crons";
import { forgetOld, nextDueMs, promoteDueRuns, recoverRuns } from "./store/upkeep";

const FORGET_EVERY_MS = 3_600_000;
const AFTER_ERROR_MS = 5000;

/** Wakes up when something is due, and rarely to look for what was missed. */
export class Timekeeper {
  private armedAtMs: number | null = null;
  private disarm: () => void = () => {};
  private stopSweep: () => void = () => {};
  private forgotAtMs = 0;
  private stopped = true;

  constructor(private readonly engine: () => EngineContext) {}

  async start(): Promise<void> {
    this.stopped = false;
    await this.tick();
    this.armSweep();
  }

  stop(): void {
    this.stopped = true;
    this.disarm();
    this.stopSweep();
  }

  /** Something is due then; earlier alarms stay. */
  dueAt(atMs: number): void {
    if (this.stopped || (this.armedAtMs !== null && this.armedAtMs <= atMs)) return;
    this.disarm();
    this.armedAtMs = atMs;
    this.disarm = this.engine().clock.setTimer(atMs, () => {
      this.armedAtMs = null;
      void this.engine().busy(this.tick());
    });
  }

  /** Queues what is due, and sets the alarm for what comes next. */
  private async tick(): Promise<void> {
    const engine = this.engine();
    try {
      const promoted = await promoteDueRuns(engine.db, engine.nowMs());
      await fireDueCrons(engine);
      if (promoted > 0) engine.wake();
      const nextMs = await nextDueMs(engine.db);
      if (nextMs !== null) this.dueAt(nextMs);
    } catch (error) {
      engine.logger.error({ error }, "What is due could not be looked up");
      this.dueAt(engine.nowMs() + AFTER_ERROR_MS);
    }
  }

  private armSweep(): void {
    if (this.stopped) return;
    const engine = this.engine();
    this.stopSweep = engine.clock.setTimer(engine.nowMs() + engine.limits.sweepSeconds * 1000, () => {
      void engine.busy(this.sweep().finally(() => this.armSweep()));
    });
  }

  private async sweep(): Promise<void> {
    const engine = this.engine();
    try {
      await recoverDead(engine);
      if (engine.nowMs() - this.forgotAtMs >= FORGET_EVERY_MS) {
        await forgetOld(engine.db, engine.nowMs(), engine.limits.retentionDays);
        this.forgotAtMs = engine.nowMs();
      }
    } catch (error) {
      engine.logger.error({ error }, "The sweep failed; it is tried again");
    }
    await this.tick();
    engine.wake();
  }
}

/** Takes back what engines that died were holding. */
export async function recoverDead(engine: EngineContext): Promise<void> {
  const alive = await engine.link.alive(engine.db);
  const recovered = await recoverRuns(engine.db, [...alive, engine.id]);
  if (recovered > 0) engine.logger.info({ recovered }, "Took back runs of an engine that died");
}
