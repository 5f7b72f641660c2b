import type { OutputLine } from "@/app/_ui/output";

export interface Chunk {
  readonly jobId: string;
  readonly stepKey: string;
  readonly sequence: number;
  readonly stream: OutputLine["stream"];
  readonly text: string;
  readonly at: Date;
}

/**
 * Chunks as lines: what was cut in the middle of a line is put together again, and of a line that a script wrote over
 * (a carriage return, as progress displays do) the last state stays.
 */
export function toLines(chunks: readonly Chunk[]): OutputLine[] {
  const lines: OutputLine[] = [];
  /** The line of each stream of each step that has not ended yet. */
  const open = new Map<string, number>();
  for (const chunk of chunks) {
    const source = `${chunk.jobId}/${chunk.stepKey}/${chunk.stream}`;
    chunk.text.split("\n").forEach((part, index, parts) => {
      const isEnded = index < parts.length - 1;
      const at = index === 0 ? open.get(source) : undefined;
      const begun = at === undefined ? undefined : lines[at];
      if (at !== undefined && begun) lines[at] = { ...begun, text: begun.text + part };
      else if (isEnded || part !== "") {
        open.set(source, lines.length);
        lines.push({
          key: `${source}/${chunk.sequence}/${index}`,
          at: chunk.at,
          stream: chunk.stream,
          text: part,
        });
      }
      if (isEnded) open.delete(source);
    });
  }
  return lines.map((line) => ({ ...line, text: lastState(line.text) }));
}

function lastState(text: string): string {
  const states = text.replace(/\r+$/, "").split("\r");
  return states.findLast((state) => state !== "") ?? "";
}
