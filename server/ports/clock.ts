/** The one source of time. Everything that asks what time it is, or waits, takes it as a parameter. */
export interface Clock {
  now(): Date;
  /** Calls `run` at or after `atMs` (epoch milliseconds); the returned function calls it off. */
  setTimer(atMs: number, run: () => void): () => void;
}

/** The longest delay Node's timers take; a longer one is set again. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  setTimer(atMs, run) {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const delayMs = Math.max(0, atMs - Date.now());
      timer = delayMs > LONGEST_DELAY_MS ? setTimeout(arm, LONGEST_DELAY_MS) : setTimeout(run, delayMs);
    };
    arm();
    return () => clearTimeout(timer);
  },
};
