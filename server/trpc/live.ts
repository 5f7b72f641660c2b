import type { Runtime } from "@/server/runtime";
import type { Actor, Signal } from "@/server/services/context";
import { selectVisible } from "@/server/services/live/select-visible";
import { loadActor } from "@/server/services/users/load-actor";

/** What a browser hears: these changed, ask again if you show them. */
export interface LiveMessage {
  readonly sessionIds: readonly number[];
  readonly computerIds: readonly number[];
}

const BATCH_MS = 250;
const KEEP_ALIVE_MS = 25_000;

/**
 * Server-sent events for one browser: changes the actor may see, gathered for a quarter of a second. The actor is
 * looked up again at each keep-alive, so that someone who was disabled hears no more.
 */
export function openLiveStream(
  runtime: Runtime,
  actor: Extract<Actor, { kind: "user" }>,
  signal: AbortSignal,
): Response {
  const encoder = new TextEncoder();
  let current: Actor = actor;
  let close = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const pending = { sessions: new Set<number>(), computers: new Set<number>() };
      let callOffFlush: (() => void) | null = null;
      let callOffKeepAlive = () => {};
      let isOpen = true;
      const unsubscribe = runtime.signals.subscribe(gather);
      close = () => {
        if (!isOpen) return;
        isOpen = false;
        unsubscribe();
        callOffFlush?.();
        callOffKeepAlive();
        controller.close();
      };
      signal.addEventListener("abort", () => close(), { once: true });
      send("retry: 3000\n\nevent: hello\ndata: {}\n\n");
      armKeepAlive();

      function gather(each: Signal) {
        if (each.channel === "sessions") pending.sessions.add(each.sessionId);
        else if (each.channel === "presence") pending.computers.add(each.computerId);
        else return;
        callOffFlush ??= runtime.clock.setTimer(runtime.clock.now().getTime() + BATCH_MS, () => void flush());
      }

      async function flush() {
        callOffFlush = null;
        const input = { sessionIds: [...pending.sessions], computerIds: [...pending.computers] };
        pending.sessions.clear();
        pending.computers.clear();
        try {
          const message: LiveMessage = await selectVisible({ ctx: runtime.contextFor(current), input });
          if (message.sessionIds.length + message.computerIds.length === 0) return;
          send(`event: changed\ndata: ${JSON.stringify(message)}\n\n`);
        } catch (error) {
          runtime.logger.warn({ err: error }, "a live stream ended; the browser opens another");
          close();
        }
      }

      function armKeepAlive() {
        callOffKeepAlive = runtime.clock.setTimer(runtime.clock.now().getTime() + KEEP_ALIVE_MS, async () => {
          const known = await loadActor({
            ctx: runtime.systemContext("live"),
            input: { userId: actor.userId },
          }).catch(() => null);
          if (!isOpen) return;
          if (known === null) return close();
          current = known;
          send(": still here\n\n");
          armKeepAlive();
        });
      }

      function send(text: string) {
        if (isOpen) controller.enqueue(encoder.encode(text));
      }
    },
    cancel: () => close(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
