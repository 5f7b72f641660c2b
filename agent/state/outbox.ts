import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type ResultsRequest, resultsRequest } from "../../server/agents/wire";

export type OutboxItem = { jobId: string; path: string };

const fileName = /^(\d{10})-([0-9a-f-]{36})\.json$/;

/**
 * Requests for the server that it has not accepted yet, one file each, in order, so that an agent that is killed after
 * finishing a job still delivers. Files are gone once accepted.
 */
export class Outbox {
  readonly #dir: string;
  #next = 1;

  constructor(stateDir: string) {
    this.#dir = join(stateDir, "outbox");
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    const last = this.list().at(-1);
    if (last !== undefined) this.#next = Number(fileName.exec(last.path.slice(this.#dir.length + 1))?.[1]) + 1;
  }

  list(): OutboxItem[] {
    return readdirSync(this.#dir)
      .sort()
      .flatMap((name) => {
        const jobId = fileName.exec(name)?.[2];
        return jobId === undefined ? [] : [{ jobId, path: join(this.#dir, name) }];
      });
  }

  put(jobId: string, request: ResultsRequest): OutboxItem {
    const path = join(this.#dir, `${String(this.#next++).padStart(10, "0")}-${jobId}.json`);
    const file = openSync(path, "wx", 0o600);
    try {
      writeSync(file, JSON.stringify(request));
      if (request.end !== null) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return { jobId, path };
  }

  /** `null` for a file that a crash left half written. */
  read(item: OutboxItem): ResultsRequest | null {
    try {
      return resultsRequest.parse(JSON.parse(readFileSync(item.path, "utf8")));
    } catch {
      return null;
    }
  }

  remove(item: OutboxItem): void {
    rmSync(item.path, { force: true });
  }
}
