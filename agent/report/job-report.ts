import type { Fence, ResultsRequest, StepResult } from "../../server/agents/wire";
import type { OutputStream } from "../scripts/output";

/** A request is sent as soon as this much waits, in characters. */
const FULL = 64 * 1024;
/** No request grows beyond this by taking one more result, so that it stays under MAX_BODY_BYTES. */
const RESULTS_FULL = 1024 * 1024;
const MAX_CHUNKS = 1000;

type End = NonNullable<ResultsRequest["end"]>;

/** Gathers a job's output and results into requests: sent when much has gathered, after `flushMs`, and at the end. */
export class JobReport {
  #output: ResultsRequest["output"] = [];
  #results: ResultsRequest["results"] = [];
  #outputSize = 0;
  #resultsSize = 0;
  #timer: NodeJS.Timeout | null = null;
  #ended = false;
  readonly #sequences = new Map<string, number>();

  constructor(
    private readonly options: {
      fence: Fence;
      flushMs: number;
      now: () => Date;
      send: (request: ResultsRequest) => void;
    },
  ) {}

  output(stepKey: string, stream: OutputStream, text: string): void {
    for (let from = 0; from < text.length; ) {
      const room = Math.max(1, FULL - this.#outputSize);
      let to = Math.min(text.length, from + room);
      // Never between the halves of a surrogate pair.
      if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to++;
      this.#addChunk(stepKey, stream, text.slice(from, to));
      from = to;
      if (this.#outputSize >= FULL || this.#output.length >= MAX_CHUNKS) this.flush();
    }
    this.#schedule();
  }

  result(stepKey: string, startedAt: Date, result: StepResult): void {
    const size = JSON.stringify(result).length;
    if (this.#results.length > 0 && this.#resultsSize + size > RESULTS_FULL) this.flush();
    const finishedAt = this.options.now().toISOString();
    this.#results.push({ stepKey, startedAt: startedAt.toISOString(), finishedAt, result });
    this.#resultsSize += size;
    this.#schedule();
  }

  end(status: End["status"], reason: string | null): void {
    if (this.#ended) return;
    this.flush({ status, reason: reason === null ? null : reason.slice(0, 1000) });
  }

  flush(end: End | null = null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#ended || (end === null && this.#output.length === 0 && this.#results.length === 0)) return;
    this.#ended = end !== null;
    this.options.send({ fence: this.options.fence, output: this.#output, results: this.#results, end });
    this.#output = [];
    this.#results = [];
    this.#outputSize = 0;
    this.#resultsSize = 0;
  }

  #addChunk(stepKey: string, stream: OutputStream, text: string): void {
    this.#outputSize += text.length;
    const last = this.#output.at(-1);
    if (last !== undefined && last.stepKey === stepKey && last.stream === stream) {
      last.text += text;
      return;
    }
    const sequence = this.#sequences.get(stepKey) ?? 0;
    this.#sequences.set(stepKey, sequence + 1);
    this.#output.push({ stepKey, sequence, stream, text, at: this.options.now().toISOString() });
  }

  #schedule(): void {
    if (this.#timer !== null || this.#ended) return;
    if (this.#output.length === 0 && this.#results.length === 0) return;
    this.#timer = setTimeout(() => this.flush(), this.options.flushMs);
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
