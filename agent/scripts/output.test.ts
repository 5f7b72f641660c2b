import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prefixWithin, ScriptOutput } from "./output";

const collect = (maxBytes: number, secrets: string[] = []) => {
  const shown: string[] = [];
  const output = new ScriptOutput(secrets, (_stream, text) => shown.push(text), maxBytes);
  return { output, text: () => shown.join("") };
};

describe("ScriptOutput", () => {
  it("keeps at most its limit in UTF-8, cuts no character, and counts the rest", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary-ascii" }).map((text) => `${text}é🛳`)),
        fc.nat(40),
        (pieces, limit) => {
          const { output, text } = collect(limit);
          for (const piece of pieces) output.writeText("stdout", piece);
          output.end();
          const whole = pieces.join("").replaceAll("\u0000", "\uFFFD");
          expect(whole.startsWith(text())).toBe(true);
          expect(Buffer.byteLength(text())).toBeLessThanOrEqual(limit);
          expect(Buffer.byteLength(text()) + output.cutBytes).toBe(Buffer.byteLength(whole));
        },
      ),
    );
  });

  it("puts characters together that were split between chunks, each stream for itself", () => {
    const { output, text } = collect(100);
    const [first, second] = [Buffer.from("é").subarray(0, 1), Buffer.from("é").subarray(1)];
    output.writeBytes("stdout", first);
    output.writeBytes("stderr", Buffer.from("x"));
    output.writeBytes("stdout", second);
    output.end();
    expect(text()).toBe("xé");
  });

  it.each([
    [["a\nb\n"], "b"],
    [["a\n", "b"], "b"],
    [["a\nb", "c\n \n\n"], "bc"],
    [["  "], ""],
    [[], ""],
  ])("finds the last line of %j", (pieces, line) => {
    const { output } = collect(1);
    for (const piece of pieces) output.writeText("stdout", piece);
    output.end();
    expect(output.lastLine("stdout").trim()).toBe(line);
  });

  it("cuts a text at whole characters", () => {
    expect(["", "", "é", "é", "é"].map((_, bytes) => prefixWithin("é🛳", bytes))).toEqual(["", "", "é", "é", "é"]);
    expect(prefixWithin("é🛳", 6)).toBe("é🛳");
  });
});
