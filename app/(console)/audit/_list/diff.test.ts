import { describe, expect, it } from "vitest";
import { diffOf } from "./diff";

describe("what an audit entry changed", () => {
  it("shows only the fields that differ", () => {
    expect(diffOf({ name: "a", zone: "UTC" }, { name: "b", zone: "UTC" })).toEqual([
      { field: "name", before: "a", after: "b" },
    ]);
  });

  it("shows everything of what was made or deleted", () => {
    expect(diffOf(null, { name: "a", tags: [1] })).toEqual([
      { field: "name", before: null, after: "a" },
      { field: "tags", before: null, after: "[1]" },
    ]);
    expect(diffOf({ name: "a" }, null)).toEqual([{ field: "name", before: "a", after: null }]);
  });

  it("takes a missing field and null for the same", () => {
    expect(diffOf({ note: null }, {})).toEqual([]);
  });

  it("shows plain values as one", () => {
    expect(diffOf(false, true)).toEqual([{ field: "value", before: "false", after: "true" }]);
  });
});
