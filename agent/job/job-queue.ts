import type { Fence, JobSpec, MachineFacts, ResultsRequest } from "../../server/agents/wire";
import { messageOf } from "../errors";
import type { Log } from "../log";
import type { Http } from "../net/http";
import { type PinnedKeys, verifyJob } from "../net/verify-job";
import type { Platform } from "../platform/platform";
import type { Delivery } from "../report/delivery";
import { JobReport } from "../report/job-report";
import type { Interpreters } from "../scripts/interpreters";
import { removeLeftovers } from "../scripts/workspace";
import type { Journal } from "../state/journal";
import type { Outbox } from "../state/outbox";
import type { Timing } from "../timing";
import { markerPrefix, runJob, type StopReason } from "./run-job";
import { startJob } from "./start-job";

type Options = {
  agentId: string;
  keys: PinnedKeys;
  http: Http;
  journal: Journal;
  outbox: Outbox;
  delivery: Delivery;
  platform: Platform;
  interpreters: Interpreters;
  timing: Timing;
  log: Log;
  /** The server's time in milliseconds, as far as known. */
  serverNow: () => number;
  readFacts: () => Promise<MachineFacts>;
};

/** Runs pushed jobs one at a time in the order they came. */
export class JobQueue {
  readonly #waiting: JobSpec[] = [];
  #current: { jobId: string; controller: AbortController } | null = null;
  #working: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(private readonly options: Options) {}

  get currentJobId(): string | null {
    return this.#current?.jobId ?? null;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes a pushed job. One that is known already is being run or reported: pushing it again changes nothing. */
  push(jws: string): void {
    const { keys, agentId, serverNow, journal, log } = this.options;
    if (this.#stopped) return;
    const verified = verifyJob({ jws, keys, agentId, now: serverNow() });
    if (!verified.ok) {
      const { job, reason } = verified;
      log(`a job was refused: ${reason}`);
      if (job !== null && !this.#isKnown(job.jobId)) this.#report(job.jobId, job.fence, "refused", reason);
      return;
    }
    const { spec } = verified;
    if (this.#isKnown(spec.jobId)) return;
    const entry = journal.get(spec.jobId);
    if (entry !== undefined && entry.state !== "intended") return;
    this.#waiting.push(spec);
    if (this.#current === null) this.#working = this.#work();
  }

  cancel(jobId: string): void {
    const at = this.#waiting.findIndex((spec) => spec.jobId === jobId);
    if (at >= 0) this.#waiting.splice(at, 1);
    if (this.#current?.jobId === jobId) this.#current.controller.abort("cancelled" satisfies StopReason);
  }

  /** Ends what runs, reports it as interrupted and takes nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.length = 0;
    this.#current?.controller.abort("agent-stopping" satisfies StopReason);
    await this.#working;
  }

  /** Reports what an earlier process of this agent began and did not end, after ending what it left running. */
  async recover(): Promise<void> {
    const { journal, platform, timing, log } = this.options;
    for (const entry of journal.unfinished()) {
      if (entry.state !== "started") continue;
      log(`job ${entry.jobId} was interrupted`);
      await platform.killMarked(markerPrefix(entry.jobId), timing.killGraceMs);
      removeLeftovers(entry.jobId);
      this.#report(entry.jobId, entry.fence, "interrupted", "The agent was stopped or crashed while the job ran.");
      journal.end(entry.jobId);
    }
  }

  /** Reports jobs whose start was asked for by an earlier process and that the server does not push again. */
  recoverLostStarts(): void {
    const { journal } = this.options;
    for (const entry of journal.unfinished()) {
      if (entry.state === "intended" && !this.#isKnown(entry.jobId)) this.#reportLost(entry.jobId, entry.fence);
    }
  }

  #isKnown(jobId: string): boolean {
    return this.#current?.jobId === jobId || this.#waiting.some((spec) => spec.jobId === jobId);
  }

  async #work(): Promise<void> {
    let mayHaveInstalled = false;
    for (let spec = this.#waiting.shift(); spec !== undefined; spec = this.#waiting.shift()) {
      const controller = new AbortController();
      this.#current = { jobId: spec.jobId, controller };
      mayHaveInstalled ||= spec.steps.some((step) => step.kind === "script");
      try {
        await this.#runOne(spec, controller.signal);
      } catch (error) {
        this.options.log(`job ${spec.jobId} failed in the agent: ${messageOf(error)}`);
      }
    }
    this.#current = null;
    // Off the path of any job: reading package lists again after an installation takes up to a second.
    if (mayHaveInstalled && !this.#stopped) void this.options.platform.warmUp().catch(() => {});
  }

  async #runOne(spec: JobSpec, signal: AbortSignal): Promise<void> {
    const { journal, outbox, delivery, http, timing, serverNow, log, platform, interpreters, readFacts } = this.options;
    const { jobId, fence, expiresAt } = spec;
    const outcome = await startJob({ spec, http, journal, timing, signal, serverNow, log });
    if (outcome === "lost") return this.#reportLost(jobId, fence);
    if (outcome === "dropped") return journal.end(jobId);
    journal.start({ jobId, fence, expiresAt });
    const now = () => new Date();
    const report = new JobReport({
      fence,
      flushMs: timing.flushMs,
      now,
      send: (request) => delivery.add(outbox.put(jobId, request)),
    });
    const { killGraceMs } = timing;
    await runJob({ spec, report, signal, platform, interpreters, killGraceMs, now, readFacts });
    journal.end(jobId);
  }

  #reportLost(jobId: string, fence: Fence): void {
    this.#report(jobId, fence, "interrupted", "The reply to the start was lost; nothing of the job ran.");
    this.options.journal.end(jobId);
  }

  #report(jobId: string, fence: Fence, status: NonNullable<ResultsRequest["end"]>["status"], reason: string): void {
    const { outbox, delivery } = this.options;
    delivery.add(outbox.put(jobId, { fence, output: [], results: [], end: { status, reason: reason.slice(0, 1000) } }));
  }
}
