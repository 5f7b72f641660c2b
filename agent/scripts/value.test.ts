import { describe, expect, it } from "vitest";
import { cleanJson, cleanText, parseBashValue } from "./value";

describe("parseBashValue", () => {
  it.each([
    ["", null],
    ["   ", null],
    ["null", null],
    ["true", true],
    ["false", false],
    ["True", "True"],
    ["0", 0],
    ["-3", -3],
    ["12.5", 12.5],
    ["1.10", "1.10"],
    ["1.0", "1.0"],
    ["007", "007"],
    ["+1", "+1"],
    ["1e3", "1e3"],
    ["0x10", "0x10"],
    ["Infinity", "Infinity"],
    ["NaN", "NaN"],
    ["12345678901234567890", "12345678901234567890"],
    ["1.2.3", "1.2.3"],
    [' "quoted" ', "quoted"],
    ['"open', '"open'],
    ["{}", {}],
    ['{"a":[1,"x",null]}', { a: [1, "x", null] }],
    ["[1, 2]", [1, 2]],
    ["[not json]", "[not json]"],
    ["plain text\r", "plain text"],
  ])("reads %j as %j", (line, value) => {
    expect(parseBashValue(line)).toEqual(value);
  });
});

describe("what PostgreSQL cannot store", () => {
  it("becomes U+FFFD in text, in keys and deep inside values", () => {
    expect(cleanText("a\u0000b\ud800c😀")).toBe("a\uFFFDb\uFFFDc😀");
    expect(cleanJson({ "k\u0000": ["\udc00", 1, true, null] })).toEqual({ "k\uFFFD": ["\uFFFD", 1, true, null] });
  });
});
