import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines, foldUnchanged, linesOf } from "./diff-lines";

const marks = { same: " ", removed: "-", added: "+" };
const written = (before: string, after: string) =>
  diffLines(before, after).map((line) => `${marks[line.kind]}${line.text}`);

/** The length of the longest common subsequence, by its textbook recurrence. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    b.forEach((y, j) => {
      next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe("the difference of two versions", () => {
  it.each([
    ["a\nb\nc", "a\nB\nc", [" a", "-b", "+B", " c"]],
    ["a\nb", "a\nb\nc", [" a", " b", "+c"]],
    ["a\nb\nc", "c", ["-a", "-b", " c"]],
    ["", "a", ["+a"]],
    ["a", "", ["-a"]],
    ["a\r\nb", "a\nb\n", [" a", " b"]],
  ])("from %j to %j", (before, after, expected) => {
    expect(written(before, after)).toEqual(expected);
  });

  const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 14 }).map((lines) => lines.join("\n"));

  it("holds both texts whole, in order, with their line numbers", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const old = lines.filter((line) => line.kind !== "added");
        const fresh = lines.filter((line) => line.kind !== "removed");
        expect(old.map((line) => line.text)).toEqual(linesOf(before));
        expect(fresh.map((line) => line.text)).toEqual(linesOf(after));
        expect(old.map((line) => line.before)).toEqual(old.map((_, index) => index + 1));
        expect(fresh.map((line) => line.after)).toEqual(fresh.map((_, index) => index + 1));
      }),
    );
  });

  it("keeps as many lines as the longest common subsequence has", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const kept = diffLines(before, after).filter((line) => line.kind === "same").length;
        expect(kept).toBe(longestCommon(linesOf(before), linesOf(after)));
      }),
    );
  });

  it("stays quick when nothing is alike", () => {
    const many = (word: string) => Array.from({ length: 4_000 }, (_, index) => `${word}${String(index)}`).join("\n");
    expect(diffLines(many("a"), many("b"))).toHaveLength(8_000);
  });

  it("folds what is far from every change, and loses no line", () => {
    const before = Array.from({ length: 20 }, (_, index) => String(index)).join("\n");
    const lines = diffLines(before, before.replace("\n10\n", "\nten\n"));
    const parts = foldUnchanged(lines, 3);
    expect(parts.map((part) => [part.folded, part.lines.length])).toEqual([
      [true, 7],
      [false, 8],
      [true, 6],
    ]);
    expect(parts.flatMap((part) => part.lines)).toEqual(lines);
  });
});
