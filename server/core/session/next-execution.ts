import type { SessionOptions } from "../sessions";

/** When execution starts, epoch milliseconds: after the delay, or at the next local execution time. */
export function nextExecutionAt(input: {
  readonly detectionEndedAtMs: number;
  readonly options: Pick<SessionOptions, "executionDelayMinutes" | "executionTime" | "timeZone">;
}): number {
  throw new Error(`not written yet: ${input.detectionEndedAtMs}`);
}
