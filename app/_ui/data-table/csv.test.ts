import { describe, expect, it } from "vitest";
import { toCsv } from "./csv";

const columns = [
  { id: "name", header: "Name", cell: () => null, csv: (row: { name: string; count: number }) => row.name },
  { id: "mark", header: "Mark", cell: () => null },
  { id: "count", header: "Count", cell: () => null, csv: (row: { name: string; count: number }) => row.count },
];

describe("a list as CSV", () => {
  it.each([
    ["plain", "plain,1"],
    ['with "quotes", and a comma', '"with ""quotes"", and a comma",1'],
    ["two\nlines", '"two\nlines",1'],
    ["=HYPERLINK(1)", "'=HYPERLINK(1),1"],
    ["@sum", "'@sum,1"],
    ["", ",1"],
  ])("writes %j so that a spreadsheet shows it as it is", (name, line) => {
    expect(toCsv(columns, [{ name, count: 1 }])).toBe(`\uFEFFName,Count\r\n${line}\r\n`);
  });

  it("leaves negative numbers numbers", () => {
    expect(toCsv(columns, [{ name: "a", count: -5 }])).toContain("a,-5");
  });
});
