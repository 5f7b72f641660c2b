import type { Log } from "../log";
import { backoffMs } from "../net/backoff";
import { type Http, NetworkError, type Reply } from "../net/http";
import type { Outbox, OutboxItem } from "../state/outbox";
import type { Timing } from "../timing";

/** What an answer to a results request means for what waits. */
export type Verdict = "delivered" | "again" | "again-late" | "drop-request" | "drop-job";

/** The rules of the protocol page, section "Errors". */
export function judgeReply(reply: Pick<Reply, "status">): Verdict {
  if (reply.status >= 200 && reply.status < 300) return "delivered";
  if (reply.status === 401 || reply.status === 403) return "again-late";
  if (reply.status === 408 || reply.status === 429 || reply.status >= 500 || reply.status < 400) return "again";
  if (reply.status === 400 || reply.status === 413 || reply.status === 415) return "drop-request";
  return "drop-job";
}

/** Sends what the outbox holds: in order within a job, jobs beside each other, until the server accepts or rejects it. */
export class Delivery {
  readonly #queues = new Map<string, OutboxItem[]>();
  readonly #wakers = new Set<() => void>();
  readonly #idleWaiters = new Set<() => void>();
  #stopped = false;

  constructor(
    private readonly options: {
      http: Http;
      outbox: Outbox;
      timing: Timing;
      log: Log;
      /** The server wants nothing more of this job. */
      onRejected: (jobId: string, code: string) => void;
    },
  ) {}

  get undelivered(): number {
    return [...this.#queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  add(item: OutboxItem): void {
    const queue = this.#queues.get(item.jobId);
    if (queue !== undefined) {
      queue.push(item);
      return;
    }
    this.#queues.set(item.jobId, [item]);
    void this.#deliver(item.jobId);
  }

  /** The server was heard of again: whoever waits tries at once. */
  wake(): void {
    for (const waker of this.#wakers) waker();
  }

  /** Resolves when nothing waits, or after `limitMs`. */
  async drain(limitMs: number): Promise<void> {
    if (this.#queues.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#idleWaiters.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  stop(): void {
    this.#stopped = true;
    this.wake();
  }

  async #deliver(jobId: string): Promise<void> {
    const { http, outbox, timing, log, onRejected } = this.options;
    const queue = this.#queues.get(jobId) ?? [];
    let failures = 0;
    while (queue.length > 0 && !this.#stopped) {
      const item = queue[0];
      if (item === undefined) break;
      const request = outbox.read(item);
      const reply = request === null ? null : await this.#post(http, jobId, request);
      const verdict = reply === null ? "drop-request" : reply === "unreachable" ? "again" : judgeReply(reply);
      if (verdict === "again" || verdict === "again-late") {
        failures++;
        const maxMs = verdict === "again" ? timing.maxRetryMs : timing.maxRefusedRetryMs;
        const firstMs = verdict === "again" ? Math.min(1_000, timing.firstRetryMs) : timing.maxRetryMs;
        const asked = reply === null || reply === "unreachable" ? null : reply.retryAfterMs;
        await this.#pause(asked ?? backoffMs({ attempt: failures, firstMs, maxMs, random: Math.random() }));
        continue;
      }
      failures = 0;
      if (verdict !== "delivered") {
        const said = reply === null || reply === "unreachable" ? "the file is damaged" : (reply.code ?? reply.message);
        log(`a report of job ${jobId} was dropped: ${said}`);
      }
      const gone = verdict === "drop-job" ? queue.splice(0) : queue.splice(0, 1);
      for (const done of gone) outbox.remove(done);
      if (verdict === "drop-job" && reply !== null && reply !== "unreachable")
        onRejected(jobId, reply.code ?? "rejected");
    }
    this.#queues.delete(jobId);
    if (this.#queues.size === 0) for (const waiter of this.#idleWaiters) waiter();
  }

  async #post(http: Http, jobId: string, request: unknown): Promise<Reply | "unreachable"> {
    try {
      return await http.post(`/jobs/${jobId}/results`, request, { timeoutMs: this.options.timing.requestTimeoutMs });
    } catch (error) {
      if (error instanceof NetworkError) return "unreachable";
      throw error;
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wakers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#wakers.add(done);
    });
  }
}
