import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Fence, fence } from "../../server/agents/wire";
import { writeDurably } from "./identity";

const line = z.discriminatedUnion("t", [
  /** The agent is about to ask for the start; nothing may run yet. */
  z.object({ t: z.literal("intent"), jobId: z.uuid(), fence, startId: z.uuid(), expiresAt: z.string() }),
  /** The start was granted; from here on the job never starts again. */
  z.object({ t: z.literal("start"), jobId: z.uuid(), fence, expiresAt: z.string() }),
  /** The end is on its way to the server, or the server refused the start. */
  z.object({ t: z.literal("end"), jobId: z.uuid() }),
]);
type Line = z.infer<typeof line>;

export type JournalEntry = {
  jobId: string;
  fence: Fence;
  /** Of the intent; `null` once started. */
  startId: string | null;
  expiresAt: string;
  state: "intended" | "started" | "ended";
};

/** How long after a job's expiry its entry is kept: no server may push it any more by then. */
const KEEP_MS = 7 * 86_400_000;

/**
 * Which jobs this agent has begun, on disk before anything runs. Append-only, one JSON object a line, each line flushed
 * to the disk before `start` returns. Holds no script, parameter or output.
 */
export class Journal {
  readonly #entries = new Map<string, JournalEntry>();
  readonly #path: string;
  #file: number;

  constructor(stateDir: string, now: number) {
    this.#path = join(stateDir, "journal.jsonl");
    if (existsSync(this.#path)) this.#load(readFileSync(this.#path, "utf8"), now);
    this.#file = openSync(this.#path, "a", 0o600);
  }

  get(jobId: string): JournalEntry | undefined {
    return this.#entries.get(jobId);
  }

  /** What a process that is gone left unfinished. */
  unfinished(): JournalEntry[] {
    return [...this.#entries.values()].filter((entry) => entry.state !== "ended");
  }

  intend(entry: { jobId: string; fence: Fence; startId: string; expiresAt: string }): void {
    this.#append({ t: "intent", ...entry }, true);
  }

  start(entry: { jobId: string; fence: Fence; expiresAt: string }): void {
    this.#append({ t: "start", ...entry }, true);
  }

  end(jobId: string): void {
    this.#append({ t: "end", jobId }, false);
  }

  close(): void {
    closeSync(this.#file);
  }

  #append(record: Line, durable: boolean): void {
    writeSync(this.#file, `${JSON.stringify(record)}\n`);
    if (durable) fsyncSync(this.#file);
    this.#apply(record);
  }

  #apply(record: Line): void {
    const { jobId } = record;
    const entry = this.#entries.get(jobId);
    if (record.t === "intent" || record.t === "start") {
      if (entry !== undefined && entry.state !== "intended") return;
      this.#entries.set(jobId, {
        jobId,
        fence: record.fence,
        startId: record.t === "intent" ? record.startId : null,
        expiresAt: record.expiresAt,
        state: record.t === "intent" ? "intended" : "started",
      });
    } else if (entry !== undefined) {
      entry.state = "ended";
    }
  }

  /** A last line cut short by a crash is dropped: what it would have recorded had not begun. */
  #load(text: string, now: number): void {
    for (const raw of text.split("\n")) {
      const parsed = line.safeParse(parseJson(raw));
      if (parsed.success) this.#apply(parsed.data);
    }
    for (const entry of this.#entries.values()) {
      if (entry.state === "ended" && Date.parse(entry.expiresAt) + KEEP_MS < now) this.#entries.delete(entry.jobId);
    }
    const kept = [...this.#entries.values()].flatMap((entry) => {
      const { jobId, fence, expiresAt } = entry;
      const records: Line[] =
        entry.state === "intended" && entry.startId !== null
          ? [{ t: "intent", jobId, fence, expiresAt, startId: entry.startId }]
          : [{ t: "start", jobId, fence, expiresAt }];
      if (entry.state === "ended") records.push({ t: "end", jobId });
      return records;
    });
    writeDurably(this.#path, kept.map((record) => `${JSON.stringify(record)}\n`).join(""));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
