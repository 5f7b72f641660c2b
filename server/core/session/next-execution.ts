import { nextLocalTime } from "../schedule/next-local-time";
import type { SessionOptions } from "../sessions";

const MINUTE_MS = 60_000;

/** When execution starts, epoch milliseconds: after the delay, or at the next local execution time. */
export function nextExecutionAt(input: {
  readonly detectionEndedAtMs: number;
  readonly options: Pick<SessionOptions, "executionDelayMinutes" | "executionTime" | "timeZone">;
}): number {
  const { executionDelayMinutes, executionTime, timeZone } = input.options;
  return executionTime === null
    ? input.detectionEndedAtMs + executionDelayMinutes * MINUTE_MS
    : nextLocalTime({ afterMs: input.detectionEndedAtMs, localTime: executionTime, timeZone });
}
