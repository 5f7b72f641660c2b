import type { Clock } from "@/server/ports/clock";

const WINDOW_MS = 15 * 60_000;
const FAILURES_PER_ADDRESS = 5;
/** Over all addresses: whoever makes addresses up gets no further. */
const FAILURES_ALTOGETHER = 100;

/** How often wrong passwords may be tried: five times in a quarter of an hour from one address. */
export interface Attempts {
  /** Milliseconds until the address may try again; 0: now. */
  waitMs(address: string): number;
  failed(address: string): void;
  succeeded(address: string): void;
}

export function createAttempts(clock: Clock): Attempts {
  const failures = new Map<string, number[]>();
  const forget = (nowMs: number) => {
    for (const [address, times] of failures) {
      const kept = times.filter((time) => time > nowMs - WINDOW_MS);
      if (kept.length === 0) failures.delete(address);
      else failures.set(address, kept);
    }
  };
  const waitFor = (times: readonly number[], limit: number, nowMs: number) => {
    const oldest = [...times].sort((a, b) => a - b).at(-limit);
    return times.length < limit || oldest === undefined ? 0 : oldest + WINDOW_MS - nowMs;
  };
  return {
    waitMs(address) {
      const nowMs = clock.now().getTime();
      forget(nowMs);
      const own = waitFor(failures.get(address) ?? [], FAILURES_PER_ADDRESS, nowMs);
      return Math.max(own, waitFor([...failures.values()].flat(), FAILURES_ALTOGETHER, nowMs));
    },
    failed(address) {
      failures.set(address, [...(failures.get(address) ?? []), clock.now().getTime()]);
    },
    succeeded(address) {
      failures.delete(address);
    },
  };
}
