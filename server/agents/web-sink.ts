import type { Sink } from "./connections";

/** A stream as the body of a fetch-style response. `onEnd` is called once, whichever side ends it. */
export function createWebSink(onEnd: () => void): { sink: Sink; body: ReadableStream<Uint8Array> } {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const finish = (close: (open: ReadableStreamDefaultController<Uint8Array>) => void) => {
    if (!controller) return;
    const open = controller;
    controller = undefined;
    close(open);
    onEnd();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: (started) => {
        controller = started;
      },
      cancel: () => finish(() => {}),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  );
  const sink: Sink = {
    write: (chunk) => controller?.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : new Uint8Array(chunk)),
    pendingBytes: () => -(controller?.desiredSize ?? 0),
    end: () => finish((open) => open.close()),
    destroy: () => finish((open) => open.error(new Error("the agent takes nothing any more"))),
  };
  return { sink, body };
}
