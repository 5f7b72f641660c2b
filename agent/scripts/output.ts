import { StringDecoder } from "node:string_decoder";
import { MAX_OUTPUT_BYTES } from "../../server/agents/wire";
import { createMasker, maskText } from "./mask";
import { cleanText } from "./value";

export type OutputStream = "stdout" | "stderr" | "verbose" | "warning";
export type OutputSink = (stream: OutputStream, text: string) => void;

/**
 * The output of one script on its way to the server: decoded as UTF-8, secrets masked, cut at MAX_OUTPUT_BYTES over all
 * streams together without splitting a character, the rest counted. Remembers the last line of each stream that is not
 * blank, also beyond the cut, because that of stdout is a bash script's value.
 */
export class ScriptOutput {
  cutBytes = 0;
  #keptBytes = 0;
  readonly #tails = new Map<OutputStream, { line: string; last: string }>();
  readonly #decoders = new Map<OutputStream, StringDecoder>();
  readonly #maskers = new Map<OutputStream, ReturnType<typeof createMasker>>();

  constructor(
    private readonly secrets: readonly string[],
    private readonly sink: OutputSink,
    private readonly maxBytes = MAX_OUTPUT_BYTES,
  ) {}

  writeBytes(stream: OutputStream, bytes: Buffer): void {
    const decoder = this.#decoders.get(stream) ?? new StringDecoder("utf8");
    this.#decoders.set(stream, decoder);
    this.writeText(stream, decoder.write(bytes));
  }

  writeText(stream: OutputStream, text: string): void {
    const masker = this.#maskers.get(stream) ?? createMasker(this.secrets);
    this.#maskers.set(stream, masker);
    this.#pass(stream, masker.push(text));
  }

  /** No more output comes: what was held back (half a character, the beginning of a secret) goes out. */
  end(): void {
    for (const [stream, decoder] of this.#decoders) this.writeText(stream, decoder.end());
    for (const [stream, masker] of this.#maskers) this.#pass(stream, masker.end());
  }

  mask(text: string): string {
    return cleanText(maskText(text, this.secrets));
  }

  /** The last line of a stream that is not blank, masked; also when it lies beyond the cut. */
  lastLine(stream: OutputStream): string {
    const tail = this.#tails.get(stream);
    if (tail === undefined) return "";
    return tail.line.trim() === "" ? tail.last : tail.line;
  }

  #pass(stream: OutputStream, raw: string): void {
    if (raw === "") return;
    const text = cleanText(raw);
    this.#trackLine(stream, text);
    const size = Buffer.byteLength(text);
    const room = this.maxBytes - this.#keptBytes;
    const kept = size <= room ? text : prefixWithin(text, room);
    const keptSize = size <= room ? size : Buffer.byteLength(kept);
    // After the first cut nothing more is kept, or the output would have a hole.
    this.#keptBytes = size <= room ? this.#keptBytes + size : this.maxBytes;
    this.cutBytes += size - keptSize;
    if (kept !== "") this.sink(stream, kept);
  }

  #trackLine(stream: OutputStream, text: string): void {
    const tail = this.#tails.get(stream) ?? { line: "", last: "" };
    this.#tails.set(stream, tail);
    const lines = text.split("\n");
    lines[0] = tail.line + (lines[0] ?? "");
    tail.line = (lines.pop() ?? "").slice(0, this.maxBytes);
    for (let index = lines.length - 1; index >= 0; index--) {
      const line = lines[index] ?? "";
      if (line.trim() !== "") {
        tail.last = line;
        break;
      }
    }
  }
}

/** The longest beginning of `text` that is at most `bytes` long in UTF-8 and does not end inside a character. */
export function prefixWithin(text: string, bytes: number): string {
  if (bytes <= 0) return "";
  const buffer = Buffer.from(text, "utf8");
  let end = Math.min(bytes, buffer.length);
  while (end > 0 && end < buffer.length && ((buffer[end] ?? 0) & 0xc0) === 0x80) end--;
  return buffer.toString("utf8", 0, end);
}
