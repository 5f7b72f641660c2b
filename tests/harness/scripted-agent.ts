import { randomUUID } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { agents, jobs } from "@/db/schema";
import type {
  Detection,
  InventoryEntry,
  JobStep,
  MachineFacts,
  ResultsRequest,
  ScriptResult,
  StepResult,
} from "@/server/agents/wire";
import type { Runtime } from "@/server/runtime";
import { settlePresence } from "@/server/services/identification/settle-presence";
import { recordResults } from "@/server/services/jobs/record-results";
import { startJob } from "@/server/services/jobs/start-job";
import { withTransaction } from "@/server/services/transaction";

type ScriptStep = Extract<JobStep, { kind: "script" }>;
type JobRow = typeof jobs.$inferSelect;

/** What a scripted machine answers to a script: a value, or a result that says more. */
export type ScriptAnswer = ScriptResult["value"] | Partial<ScriptResult>;

/** How an agent treats a job it is offered. `hold`: it starts it and says no more until it is told to go on. */
export type Treatment = "run" | "hold" | "interrupt" | "ignore";

/**
 * An agent of the protocol whose machine is a few maps: packages that its package manager has and offers, and what
 * scripts do, by body. It speaks to the server as any agent does (start with a fence, results, the end), through the
 * services behind the agent API, and only when asked to: nothing happens behind a test's back.
 */
export class ScriptedAgent {
  readonly packages = new Map<string, string>();
  readonly available = new Map<string, string>();
  readonly scripts = new Map<string, (step: ScriptStep) => ScriptAnswer>();
  /** Every script that ran, by what it was for: `install jq`, or its body. */
  readonly ran: string[] = [];
  /** Ids of the jobs whose start was granted. */
  readonly started: string[] = [];
  treat: (job: JobRow) => Treatment = () => "run";
  #held: JobRow[] = [];

  constructor(
    private readonly runtime: Runtime,
    readonly agentId: string,
    readonly tenantId: number,
    readonly computerId: number,
    public facts: MachineFacts,
  ) {}

  /** Takes every job that waits for it; true when there was one. */
  async work(): Promise<boolean> {
    const { db } = this.runtime.database;
    const [agent] = await db.select({ connected: agents.connected }).from(agents).where(eq(agents.id, this.agentId));
    if (!agent?.connected) return false;
    const waiting = await db
      .select()
      .from(jobs)
      .where(and(eq(jobs.agentId, this.agentId), eq(jobs.status, "queued")))
      .orderBy(asc(jobs.createdAt));
    let worked = false;
    for (const job of waiting) worked = (await this.#take(job)) || worked;
    return worked;
  }

  /** Goes on with what it held: runs it, reports that it was interrupted, or that it stopped because it was told to. */
  async release(end: "finished" | "interrupted" | "cancelled" = "finished"): Promise<void> {
    const held = this.#held;
    this.#held = [];
    for (const job of held) await this.#finish(job, end);
  }

  get holds(): number {
    return this.#held.length;
  }

  async connect(): Promise<void> {
    await this.#setConnected(true);
  }

  async disconnect(): Promise<void> {
    await this.#setConnected(false);
  }

  async #setConnected(connected: boolean) {
    await withTransaction(this.runtime.systemContext("scripted-agent"), async (tx) => {
      await tx.db.update(agents).set({ connected }).where(eq(agents.id, this.agentId));
      await settlePresence(tx, [this.computerId], this.agentId);
    });
  }

  get #ctx() {
    return this.runtime.contextFor({
      kind: "agent",
      agentId: this.agentId,
      name: this.facts.hostName,
      tenantId: this.tenantId,
    });
  }

  async #take(job: JobRow): Promise<boolean> {
    const treatment = this.treat(job);
    if (treatment === "ignore") return false;
    const fence = { generation: job.generation, attempt: job.attempt };
    await startJob({ ctx: this.#ctx, input: { jobId: job.id, request: { fence, startId: randomUUID() } } });
    this.started.push(job.id);
    if (treatment === "hold") this.#held.push(job);
    else await this.#finish(job, treatment === "interrupt" ? "interrupted" : "finished");
    return true;
  }

  async #finish(job: JobRow, status: "finished" | "interrupted" | "cancelled") {
    const at = this.runtime.clock.now().toISOString();
    const results =
      status === "finished"
        ? job.steps.map((step) => ({ stepKey: step.key, startedAt: at, finishedAt: at, result: this.#answer(step) }))
        : [];
    const request: ResultsRequest = {
      fence: { generation: job.generation, attempt: job.attempt },
      output: [],
      results,
      end: { status, reason: status === "finished" ? null : `The agent ended it as ${status}.` },
    };
    await recordResults({ ctx: this.#ctx, input: { jobId: job.id, request } });
  }

  #answer(step: JobStep): StepResult {
    switch (step.kind) {
      case "facts":
        return { kind: "facts", facts: this.facts };
      case "inventory":
        return { kind: "inventory", takenAt: this.runtime.clock.now().toISOString(), entries: this.#entries() };
      case "detect":
        return { kind: "detect", detections: step.items.map((item) => this.#detect(item)) };
      case "script":
        return { kind: "script", script: this.#run(step) };
    }
  }

  #entries(): InventoryEntry[] {
    return [...this.packages].map(([name, version]) => ({
      source: "apt",
      id: name,
      name,
      version,
      publisher: null,
      upgradeCode: null,
    }));
  }

  #detect(item: Extract<JobStep, { kind: "detect" }>["items"][number]): Detection {
    const names = item.methods.flatMap((method) => (method.kind === "package" ? [method.name] : []));
    return {
      itemKey: item.itemKey,
      matches: names.flatMap((name) => {
        const version = this.packages.get(name);
        return version === undefined ? [] : [{ source: "apt", name, version }];
      }),
      availableVersion: names.map((name) => this.available.get(name)).find((version) => version !== undefined) ?? null,
      error: null,
    };
  }

  #run(step: ScriptStep): ScriptResult {
    const known = this.scripts.get(step.body);
    if (known) {
      this.ran.push(step.body);
      return toResult(known(step));
    }
    const name = String(step.parameters.Package ?? "");
    if (name === "")
      return toResult({ status: "failed", exitCode: 127, reason: "Nobody told this machine that script." });
    const removes = step.body.includes(" remove ") && !step.body.includes(" install ");
    this.ran.push(`${removes ? "remove" : "install"} ${name}`);
    if (removes) this.packages.delete(name);
    else {
      const version = String(step.parameters.Version ?? this.available.get(name) ?? "");
      if (version === "")
        return toResult({ status: "failed", exitCode: 100, reason: `Unable to locate package ${name}` });
      this.packages.set(name, version);
    }
    return toResult(null);
  }
}

function toResult(answer: ScriptAnswer): ScriptResult {
  const full: ScriptResult = {
    status: "completed",
    exitCode: 0,
    value: null,
    errors: [],
    reason: null,
    cutBytes: 0,
    durationMs: 5,
  };
  const saysMore = typeof answer === "object" && answer !== null && "status" in answer;
  return saysMore
    ? { ...full, ...(answer as Partial<ScriptResult>) }
    : { ...full, value: answer as ScriptResult["value"] };
}
