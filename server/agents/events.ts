import type { z } from "zod";
import type { streamEvents } from "./wire";

type EventName = keyof typeof streamEvents;

/** One event of the stream as it goes over the line. */
export function encodeEvent<N extends EventName>(name: N, data: z.input<(typeof streamEvents)[N]>): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A comment: keeps the connection and whatever is between from falling asleep. One buffer for everybody. */
export const KEEP_ALIVE_COMMENT: Buffer = Buffer.from(":\n\n");

export const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  /** Tells proxies of the nginx kind not to hold events back. */
  "x-accel-buffering": "no",
} as const;
