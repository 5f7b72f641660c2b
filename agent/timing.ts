import { z } from "zod";
import { AgentError } from "./errors";

const milliseconds = z.number().int().min(1).max(86_400_000);

const timingSchema = z.strictObject({
  /** The first reconnect waits a random time up to this. */
  firstRetryMs: milliseconds.default(5_000),
  /** No reconnect waits longer, unless the server asks for it. */
  maxRetryMs: milliseconds.default(60_000),
  /** After `unauthorized` or `revoked`: the delay grows from maxRetryMs up to this. */
  maxRefusedRetryMs: milliseconds.default(3_600_000),
  /** A connection that lived this long resets the back-off. */
  stableAfterMs: milliseconds.default(60_000),
  /** `hello` must come within this time after the request. */
  helloTimeoutMs: milliseconds.default(15_000),
  /** Each request but the stream. */
  requestTimeoutMs: milliseconds.default(30_000),
  /** Facts are read anew this often, and sent only when they differ from what the server accepted last. */
  factsCheckMs: milliseconds.default(15 * 60_000),
  /** Facts that the server accepted are not sent again on a reconnect within this time, unless they changed. */
  checkInMaxAgeMs: milliseconds.default(3_600_000),
  /** How long output and results wait for company before they are sent. */
  flushMs: milliseconds.default(250),
  /** How long after connecting a job whose start got no reply may still be pushed again. */
  lostStartMs: milliseconds.default(10_000),
  /** From SIGTERM to SIGKILL for a script that is ended. */
  killGraceMs: milliseconds.default(1_000),
});
export type Timing = z.infer<typeof timingSchema>;

export const defaultTiming: Timing = timingSchema.parse({});

/** Reads `EVENKEEL_AGENT_TIMING` (JSON of any of the fields), which exists so that trials need not wait. */
export function readTiming(text: string | undefined): Timing {
  if (text === undefined || text === "") return defaultTiming;
  try {
    return timingSchema.parse(JSON.parse(text));
  } catch {
    throw new AgentError("usage", "EVENKEEL_AGENT_TIMING must be a JSON object of known times in milliseconds.");
  }
}
