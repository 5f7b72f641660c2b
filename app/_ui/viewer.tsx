"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { setCookie } from "./set-cookie";

/** Who looks: their time zone, and what time it is for them. */
interface Viewer {
  readonly timeZone: string;
  /** The moment the page was made; the clock of the first render, so that server and browser agree. */
  readonly renderedAtMs: number;
}

const ViewerContext = createContext<Viewer>({ timeZone: "UTC", renderedAtMs: 0 });
const TICK_MS = 15_000;

/** `timeZone` is what the browser said last time; a changed one is taken over and kept in a cookie. */
export function ViewerProvider({
  timeZone,
  renderedAtMs,
  children,
}: {
  timeZone: string | null;
  renderedAtMs: number;
  children: ReactNode;
}) {
  const [zone, setZone] = useState(timeZone ?? "UTC");
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own === zone) return;
    setZone(own);
    setCookie("evenkeel-zone", own);
  }, [zone]);
  const viewer = useMemo(() => ({ timeZone: zone, renderedAtMs }), [zone, renderedAtMs]);
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

export const useViewerZone = () => useContext(ViewerContext).timeZone;

let currentMs = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    currentMs = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time now, moving on every quarter of a minute. */
export function useNow(): number {
  const { renderedAtMs } = useContext(ViewerContext);
  return useSyncExternalStore(
    subscribe,
    () => {
      if (currentMs === 0 || Date.now() - currentMs > TICK_MS) currentMs = Date.now();
      return currentMs;
    },
    () => renderedAtMs,
  );
}

/** The time now by the second, for stopwatches; stands still when not `running`. */
export function useSeconds(running: boolean): number {
  const now = useNow();
  const [ms, setMs] = useState<number | null>(null);
  useEffect(() => {
    if (!running) return setMs(null);
    setMs(Date.now());
    const every = setInterval(() => setMs(Date.now()), 1_000);
    return () => clearInterval(every);
  }, [running]);
  return ms ?? now;
}
