import fc from "fast-check";
import { expect, it } from "vitest";
import { storable } from "./storable";

it.each([
  ["a\0b", "a\ufffdb"],
  ["half \ud83d", "half \ufffd"],
  ["half \ude00", "half \ufffd"],
  ["whole \u{1f600}", "whole \u{1f600}"],
  ["", ""],
])("%j is kept as %j", (text, kept) => {
  expect(storable(text)).toBe(kept);
});

it("leaves every other JSON as it is, and what it makes is storable", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(storable(value)).toStrictEqual(value);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const kept = storable([String.fromCharCode(...units)])[0] ?? "";
      expect(kept).not.toContain("\0");
      expect(Buffer.from(kept, "utf8").toString("utf8")).toBe(kept);
    }),
  );
});
