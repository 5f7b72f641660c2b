import { StringDecoder } from "node:string_decoder";
import { KEEP_ALIVE_SECONDS, streamEvents } from "../../server/agents/wire";
import type { Log } from "../log";
import type { Timing } from "../timing";
import { backoffMs } from "./backoff";
import { type Http, NetworkError, readReply } from "./http";
import { pause } from "./pause";
import { createSseParser, type ServerSentEvent } from "./sse";

export type StreamHandlers = {
  onHello: (hello: { serverTime: string }) => void;
  onJob: (jws: string) => void;
  onCancel: (jobId: string) => void;
  onClosed: () => void;
  /** The server does not know this agent (any more). Returns whether trying again at once makes sense. */
  onUnauthorized: () => boolean;
};

type Ending = { livedMs: number; askedMs: number | null; unauthorized: boolean; reason: string };

/**
 * Keeps one event stream to the server open until `signal` aborts. Reconnects with full jitter and growing delays, no
 * sooner than the server asks (`bye`, `Retry-After`), and rarely after it said that it does not know this agent.
 */
export async function keepStream({
  http,
  timing,
  log,
  signal,
  handlers,
}: {
  http: Http;
  timing: Timing;
  log: Log;
  signal: AbortSignal;
  handlers: StreamHandlers;
}): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const ending = await holdOnce({ http, timing, log, signal, handlers });
    if (signal.aborted) return;
    if (ending.unauthorized && handlers.onUnauthorized()) continue;
    failures = ending.livedMs >= timing.stableAfterMs ? 1 : failures + 1;
    const firstMs = ending.unauthorized ? timing.maxRetryMs : timing.firstRetryMs;
    const maxMs = ending.unauthorized ? timing.maxRefusedRetryMs : timing.maxRetryMs;
    const attempt = ending.askedMs === null ? failures : 1;
    const delayMs = (ending.askedMs ?? 0) + backoffMs({ attempt, firstMs, maxMs, random: Math.random() });
    log(`stream closed (${ending.reason}); next try in ${Math.round(delayMs)} ms`);
    await pause(delayMs, signal);
  }
}

async function holdOnce({
  http,
  timing,
  log,
  signal,
  handlers,
}: {
  http: Http;
  timing: Timing;
  log: Log;
  signal: AbortSignal;
  handlers: StreamHandlers;
}): Promise<Ending> {
  const ending: Ending = { livedMs: 0, askedMs: null, unauthorized: false, reason: "the server closed it" };
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), timing.helloTimeoutMs);
  const listenFor = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), milliseconds);
  };
  let helloAt: number | null = null;
  try {
    const { response, close } = await http.openStream("/stream", AbortSignal.any([signal, silence.signal]));
    if (response.statusCode !== 200 || !/^text\/event-stream\b/i.test(response.headers["content-type"] ?? "")) {
      const reply = await readReply(response);
      close();
      const unauthorized = reply.status === 401 || reply.status === 403;
      return { ...ending, askedMs: reply.retryAfterMs, unauthorized, reason: reply.message };
    }
    let silenceMs = timing.helloTimeoutMs;
    const parse = createSseParser((event) => {
      if (event.event === "hello") {
        const hello = streamEvents.hello.safeParse(parseJson(event.data));
        if (!hello.success) throw new NetworkError("the server greets in another protocol");
        helloAt = performance.now();
        silenceMs = 3000 * Math.max(1, hello.data.keepAliveSeconds || KEEP_ALIVE_SECONDS);
        handlers.onHello(hello.data);
      } else if (helloAt !== null) {
        takeEvent(event, { ending, handlers, log, close });
      }
    });
    const decoder = new StringDecoder("utf8");
    for await (const chunk of response) {
      if (Buffer.isBuffer(chunk)) parse(decoder.write(chunk));
      if (helloAt !== null) listenFor(silenceMs);
      if (ending.askedMs !== null) break;
    }
    close();
  } catch (error) {
    if (ending.askedMs === null) {
      ending.reason = silence.signal.aborted
        ? "the server fell silent"
        : error instanceof Error
          ? error.message
          : "unknown";
    }
  } finally {
    clearTimeout(timer);
    if (helloAt !== null) handlers.onClosed();
  }
  if (helloAt !== null) ending.livedMs = performance.now() - helloAt;
  return ending;
}

function takeEvent(
  { event, data }: ServerSentEvent,
  { ending, handlers, log, close }: { ending: Ending; handlers: StreamHandlers; log: Log; close: () => void },
): void {
  const value = parseJson(data);
  if (event === "job") {
    const job = streamEvents.job.safeParse(value);
    if (job.success) handlers.onJob(job.data.jws);
    else log("a job event without a signed job was ignored");
  } else if (event === "cancel") {
    const cancel = streamEvents.cancel.safeParse(value);
    if (cancel.success) handlers.onCancel(cancel.data.jobId);
    else log("a cancel event without a job id was ignored");
  } else if (event === "bye") {
    const bye = streamEvents.bye.safeParse(value);
    ending.askedMs = bye.success ? Math.min(bye.data.reconnectAfterMs, 3_600_000) : 0;
    ending.reason = bye.success ? `the server said goodbye: ${bye.data.reason}` : "the server said goodbye";
    close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
