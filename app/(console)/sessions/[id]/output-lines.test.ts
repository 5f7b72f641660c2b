import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Chunk, toLines } from "./output-lines";

const chunk = (text: string, sequence: number, stream: Chunk["stream"] = "stdout"): Chunk => ({
  jobId: "job",
  stepKey: "step",
  sequence,
  stream,
  text,
  at: new Date(0),
});
const textOf = (...texts: string[]) => toLines(texts.map((text, index) => chunk(text, index))).map((line) => line.text);

describe("output as lines", () => {
  it.each<[string, string[], string[]]>([
    ["whole lines", ["a\nb\n"], ["a", "b"]],
    ["a line cut in the middle", ["Reading pack", "age lists\nDone\n"], ["Reading package lists", "Done"]],
    ["a chunk that begins with the end of a line", ["a", "\nb"], ["a", "b"]],
    ["an empty line", ["a\n\nb\n"], ["a", "", "b"]],
    ["progress written over itself", ["1%\r50%\r", "100%\n"], ["100%"]],
    ["line ends of Windows", ["a\r\nb\r\n"], ["a", "b"]],
    ["nothing", [""], []],
  ])("shows %s", (_name, chunks, lines) => {
    expect(textOf(...chunks)).toEqual(lines);
  });

  it("keeps the streams apart", () => {
    const lines = toLines([chunk("out", 0), chunk("err\n", 1, "stderr"), chunk("put\n", 2)]);
    expect(lines.map((line) => [line.stream, line.text])).toEqual([
      ["stdout", "output"],
      ["stderr", "err"],
    ]);
  });

  it("does not depend on where the text was cut", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { maxLength: 5 }), (whole, cuts) => {
        const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)), whole.length].sort((a, b) => a - b);
        const parts = places.slice(1).map((end, index) => whole.slice(places[index], end));
        expect(textOf(...parts)).toEqual(textOf(whole));
      }),
    );
  });
});
