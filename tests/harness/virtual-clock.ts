import type { Clock } from "@/server/ports/clock";

export interface VirtualClock extends Clock {
  /** Moves time on, running what falls due on the way in order, and waits until everything is quiet. */
  advance(ms: number): Promise<void>;
  /** Waits until everything is quiet, without moving time. */
  settle(): Promise<void>;
  /** Something whose quiet is waited for. Returns how to forget it. */
  watch(isIdle: () => Promise<void>): () => void;
}

/** A clock that moves only when told to. */
export function createVirtualClock(start = new Date("2030-01-01T00:00:00Z")): VirtualClock {
  let nowMs = start.getTime();
  const timers = new Set<{ atMs: number; run: () => void }>();
  const watched = new Set<() => Promise<void>>();

  const settle = async () => {
    for (const isIdle of watched) await isIdle();
  };
  const nextDue = (untilMs: number) =>
    [...timers].filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];

  return {
    now: () => new Date(nowMs),
    setTimer: (atMs, run) => {
      const timer = { atMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    settle: async () => {
      for (;;) {
        await settle();
        const timer = nextDue(nowMs);
        if (!timer) return;
        timers.delete(timer);
        timer.run();
      }
    },
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      for (;;) {
        await settle();
        const timer = nextDue(untilMs);
        if (!timer) break;
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.run();
      }
      nowMs = untilMs;
      await settle();
    },
    watch: (isIdle) => {
      watched.add(isIdle);
      return () => watched.delete(isIdle);
    },
  };
}
