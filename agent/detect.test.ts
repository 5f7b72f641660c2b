import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeclarativeDetection, InventoryEntry } from "../server/agents/wire";
import { answerDetections, explainUnanswerable, matchDetection, type Reading } from "./detect";

const entry = (fields: Partial<InventoryEntry>): InventoryEntry => ({
  source: "apt",
  id: "jq",
  name: "jq",
  version: "1.6",
  publisher: null,
  upgradeCode: null,
  ...fields,
});

const seven = entry({
  source: "uninstall-64",
  id: "{7Z}",
  name: "7-Zip 24.09 (x64)",
  publisher: "Igor Pavlov",
  upgradeCode: "{UP}",
});
const sevenUser = entry({ source: "uninstall-user", id: "{7U}", name: "7-zip 23.01", publisher: null });
const calculator = entry({ source: "appx", id: "Microsoft.WindowsCalculator", name: "Calculator" });
const jq = entry({});
const curl = entry({ id: "curl", name: "curl" });
const curlSnap = entry({ source: "snap", id: "curl", name: "curl" });
const firefox = entry({ source: "bundle", id: "org.mozilla.firefox", name: "Firefox" });
const receipt = entry({ source: "receipt", id: "com.example.pkg", name: "com.example.pkg" });
const everything = [seven, sevenUser, calculator, jq, curl, curlSnap, firefox, receipt];

describe("matchDetection", () => {
  const cases: [string, DeclarativeDetection, InventoryEntry[]][] = [
    ["a package of one manager only", { kind: "package", manager: "apt", name: "curl" }, [curl]],
    ["the same name of another manager", { kind: "package", manager: "snap", name: "curl" }, [curlSnap]],
    ["a package name exactly, with its case", { kind: "package", manager: "apt", name: "JQ" }, []],
    ["a package name as no pattern", { kind: "package", manager: "apt", name: "*" }, []],
    [
      "a display name by pattern, all hives, without case",
      { kind: "display-name", name: "7-ZIP*" },
      [seven, sevenUser],
    ],
    ["a display name with its publisher", { kind: "display-name", name: "7-Zip*", publisher: "igor*" }, [seven]],
    ["a display name whole, not in part", { kind: "display-name", name: "7-Zip" }, []],
    ["a display name without reading regular expressions", { kind: "display-name", name: "7.Zip*" }, []],
    ["a display name among installed programs only", { kind: "display-name", name: "*" }, [seven, sevenUser]],
    ["a product code without case", { kind: "product-code", code: "{7z}" }, [seven]],
    ["an upgrade code", { kind: "upgrade-code", code: "{up}" }, [seven]],
    ["an AppX package by pattern", { kind: "appx", name: "*calculator" }, [calculator]],
    ["a bundle", { kind: "mac-bundle", bundleId: "org.mozilla.Firefox" }, [firefox]],
    ["a receipt", { kind: "mac-receipt", packageId: "com.example.pkg" }, [receipt]],
    ["no file version in an inventory", { kind: "file-version", path: "C:\\a.exe" }, []],
  ];
  it.each(cases)("finds %s", (_name, method, expected) => {
    expect(matchDetection(everything, method)).toEqual(expected);
  });

  it("reads * as any run of characters and nothing else as special (oracle: split and search)", () => {
    const matches = (pattern: string, text: string): boolean => {
      const [head = "", ...rest] = pattern.toLowerCase().split("*");
      let left = text.toLowerCase();
      if (rest.length === 0) return left === head;
      if (!left.startsWith(head)) return false;
      left = left.slice(head.length);
      const tail = rest.pop() ?? "";
      for (const part of rest) {
        const at = left.indexOf(part);
        if (at < 0) return false;
        left = left.slice(at + part.length);
      }
      return left.length >= tail.length && left.endsWith(tail);
    };
    const piece = fc.string({ unit: fc.constantFrom("a", "B", ".", "(", "+", "\\", "$", "\n"), maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 4 }),
        fc.array(piece, { maxLength: 4 }),
        (parts, texts) => {
          const pattern = parts.join("*");
          const name = texts.join("");
          const found = matchDetection([entry({ source: "uninstall-64", name })], {
            kind: "display-name",
            name: pattern,
          });
          expect(found.length === 1).toBe(matches(pattern, name));
        },
      ),
    );
  });
});

describe("answerDetections", () => {
  const reading: Reading = {
    family: "linux",
    managers: ["apt", "snap"],
    entries: everything,
    available: new Map([["apt", new Map([["curl", "8.0"]])]]),
  };
  const ask = (...methods: DeclarativeDetection[]) => answerDetections([{ itemKey: "i", methods }], reading)[0];

  it("reports every match of every method once", () => {
    const both = ask(
      { kind: "package", manager: "apt", name: "curl" },
      { kind: "package", manager: "snap", name: "curl" },
      { kind: "package", manager: "apt", name: "curl" },
    );
    expect(both).toEqual({
      itemKey: "i",
      matches: [
        { source: "apt", name: "curl", version: "1.6" },
        { source: "snap", name: "curl", version: "1.6" },
      ],
      availableVersion: "8.0",
      error: null,
    });
  });

  it("answers nothing found without an error", () => {
    expect(ask({ kind: "package", manager: "apt", name: "tree" })).toMatchObject({
      matches: [],
      availableVersion: null,
      error: null,
    });
  });

  it("has an error only when no method can be answered here, each reason once", () => {
    const windows: DeclarativeDetection = { kind: "registry-value", hive: "HKLM", key: "k", value: "v" };
    expect(ask(windows, windows, { kind: "package", manager: "dnf", name: "x" })?.error).toBe(
      "Detection by registry-value is for Windows, and this machine runs Linux. This machine has no dnf.",
    );
    expect(ask(windows, { kind: "package", manager: "apt", name: "jq" })).toMatchObject({
      matches: [{ name: "jq" }],
      error: null,
    });
  });

  it("agrees with matchDetection for packages, which it looks up by index", () => {
    for (const name of ["jq", "curl", "tree", ""]) {
      const method: DeclarativeDetection = { kind: "package", manager: "apt", name };
      expect(ask(method)?.matches).toEqual(
        matchDetection(everything, method).map(({ source, name, version }) => ({ source, name, version })),
      );
    }
  });

  it("knows what a system cannot answer", () => {
    expect(explainUnanswerable({ kind: "appx", name: "x" }, { family: "windows", managers: [] })).toBeNull();
    expect(explainUnanswerable({ kind: "appx", name: "x" }, { family: "macos", managers: [] })).toMatch(
      /for Windows.*macOS/,
    );
  });
});
