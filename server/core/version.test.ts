import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareToWanted, compareVersions, highestVersion, parseVersion, type VersionScheme } from "./version";
import { compareDebian, parseDebian } from "./version/dpkg";
import { compareRpmPart } from "./version/rpm";

const fixture = (name: string) =>
  readFileSync(new URL(`./version/fixtures/${name}`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" "));

describe("generic versions", () => {
  it.each([
    ["1.2.3", "1.2.3", 0],
    ["1.2", "1.2.0.0", 0],
    ["1.10", "1.9", 1],
    ["24.09", "24.9", 0],
    ["v1.2.3", "1.2.3", 0],
    ["V2.0", "1.9", 1],
    [" 1.2.3 ", "1.2.3", 0],
    ["1.2.3+build.5", "1.2.3+build.9", 0],
    ["1.2.3 (x64)", "1.2.3", 0],
    ["10.0.19045.1234 (WinBuild.160101.0800)", "10.0.19045.1234", 0],
    ["1, 2, 3, 4", "1.2.3.4", 0],
    ["1.8.0_401", "1.8.0_391", 1],
    ["2.44.0.windows.1", "2.44.0", 0],
    ["24.09-build5", "24.09", 0],
    ["7.1.1-29", "7.1.1-28", 1],
    ["7.1.1-29", "7.1.1", 1],
    ["1.0.0-rc.1", "1.0.0", -1],
    ["1.0.0-alpha", "1.0.0-beta", -1],
    ["1.0.0-rc.2", "1.0.0-rc.10", -1],
    ["3.13.0b2", "3.13.0", -1],
    ["3.13.0rc1", "3.13.0b2", 1],
    ["1.1.1w", "1.1.1v", 1],
    ["1.1.1a", "1.1.1", 1],
    ["9.6p1", "9.6", 1],
    ["1:2.3-4+deb12u1", "2.3", 1],
    ["1:2.3-4+deb12u1", "1:2.3-3", 1],
    ["2.3-4.el9", "2.3-4.el8", 0],
    ["99999999999999999999.1", "99999999999999999999.2", -1],
    ["26.1", "25.3.20", 1],
  ] as const)("%s against %s is %i, and turned round the opposite", (a, b, expected) => {
    expect(compareVersions(a, b)).toBe(expected);
    expect(compareVersions(b, a)).toBe(expected === 0 ? 0 : -expected);
  });

  it.each(["", "latest", "n/a", "unknown", "-1", "vv1", "12abc", "x".repeat(300), "1".repeat(300)])(
    "does not guess at %j",
    (text) => {
      expect(parseVersion(text)).toBeNull();
      expect(compareVersions(text, "1.0")).toBeNull();
      expect(compareVersions("1.0", text)).toBeNull();
    },
  );
});

describe("package managers' versions", () => {
  it("order as dpkg itself orders them", () => {
    const rows = fixture("dpkg-orders.txt");
    expect(rows.length).toBeGreaterThan(700);
    const wrong = rows.filter(([a = "", b = "", sign]) => compareVersions(a, b, "dpkg") !== Number(sign));
    expect(wrong).toEqual([]);
  });

  it("order as rpm itself orders their parts", () => {
    const rows = fixture("rpm-orders.txt");
    expect(rows.length).toBeGreaterThan(1000);
    const wrong = rows.filter(([a = "", b = "", sign]) => compareRpmPart(a, b) !== Number(sign));
    expect(wrong).toEqual([]);
  });

  it.each([
    ["1.0-1.el9", "1.0-1.el8", "rpm", 1],
    ["1:1.0-1", "2.0-1", "rpm", 1],
    ["0:1.0-1", "1.0-1", "rpm", 0],
    ["1.0-10.el9", "1.0-9.el9", "rpm", 1],
    ["1.0", "1.0-1", "rpm", -1],
    ["7.76.1-29.el9_4.1", "7.76.1-29.el9_4", "rpm", 1],
    ["1.0~rc1-1", "1.0-1", "rpm", -1],
    ["2.36-9+deb12u10", "2.36-9+deb12u9", "dpkg", 1],
  ] as const)("%s against %s (%s) is %i", (a, b, scheme, expected) => {
    expect(compareVersions(a, b, scheme)).toBe(expected);
  });

  it.each([
    ["", "dpkg"],
    ["1 0", "dpkg"],
    ["a1.0", "dpkg"],
    ["x:1.0", "dpkg"],
    ["1.0:2", "dpkg"],
    ["none", "rpm"],
    ["1.0 beta", "rpm"],
    ["", "rpm"],
  ] as const)("%j is no version for %s", (text, scheme) => {
    expect(compareVersions(text, "1.0", scheme)).toBeNull();
  });
});

describe("what was detected against what a person wrote", () => {
  it.each([
    ["1:2.3-4+deb12u1", "2.3", "dpkg", 0],
    ["1:2.3-4+deb12u1", "2.3-4+deb12u1", "dpkg", 0],
    ["1:2.3-4+deb12u1", "1:2.3-4+deb12u2", "dpkg", -1],
    ["1:2.3-4", "1:2.3", "dpkg", 0],
    ["1.6-2.1", "1.7", "dpkg", -1],
    ["1.7.1-3build1", "1.7.1", "dpkg", 0],
    ["7.76.1-29.el9_4.1", "7.76.1", "rpm", 0],
    ["7.76.1-29.el9_4.1", "7.76.1-30.el9", "rpm", -1],
    ["7.1.1-29", "7.1.1", "generic", 0],
    ["1:7.1.1-29", "7.1.1-30", "generic", -1],
    ["garbage", "1.0", "generic", null],
    ["1.0", "garbage", "dpkg", null],
    ["%%", "1.0", "rpm", null],
  ] as const)("%s when %s is asked for (%s): %s", (detected, wanted, scheme, expected) => {
    expect(compareToWanted(detected, wanted, scheme)).toBe(expected);
  });
});

describe("the highest version", () => {
  it.each([
    [["1.9", "1.10", "1.2"], "generic", "1.10"],
    [["unknown", "1.0"], "generic", "1.0"],
    [["unknown"], "generic", null],
    [[], "generic", null],
    [["1.0", "1.0.0", "v1.0"], "generic", "1.0"],
    [["v1.0", "1.0.0", "1.0"], "generic", "1.0"],
    [["1.0-1", "1.0-10", "1.0-9"], "dpkg", "1.0-10"],
  ] as const)("of %j (%s) is %s", (versions, scheme, expected) => {
    expect(highestVersion(versions, scheme)).toBe(expected);
  });
});

const texts: Record<VersionScheme, fc.Arbitrary<string>> = {
  generic: fc.oneof(
    fc.stringMatching(/^v?[0-2](\.[0-2]){0,3}(-?(rc|b|alpha|p)[0-2]|[a-c]|-[0-2]|\+x)?$/),
    fc.stringMatching(/^[0-9][0-9.a-z+~-]{0,10}$/),
  ),
  dpkg: fc.stringMatching(/^([01]:)?[0-2][0-2.a~+-]{0,5}[0-2](-[0-2~+]{1,3})?$/),
  rpm: fc.stringMatching(/^([01]:)?[0-2][0-2.a~^_]{0,6}(-[0-2]{1,2}(\.el[89])?)?$/),
};

describe.each(["generic", "dpkg", "rpm"] as const)("the %s order", (scheme) => {
  it("is total on what parses: reflexive, antisymmetric, transitive", () => {
    fc.assert(
      fc.property(texts[scheme], texts[scheme], texts[scheme], (a, b, c) => {
        const compare = (x: string, y: string) => compareVersions(x, y, scheme);
        const ab = compare(a, b);
        if (ab === null || compare(b, c) === null) return;
        expect(compare(a, a)).toBe(0);
        expect(compare(b, a)).toBe(ab === 0 ? 0 : -ab);
        const [low, middle, high] = [a, b, c].sort((x, y) => compare(x, y) ?? 0);
        expect(compare(low ?? "", high ?? "")).toBeLessThanOrEqual(0);
        if (compare(low ?? "", middle ?? "") === 0 && compare(middle ?? "", high ?? "") === 0) {
          expect(compare(low ?? "", high ?? "")).toBe(0);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it("answers for any text at all without throwing", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
        expect([null, -1, 0, 1]).toContain(compareVersions(a, b, scheme));
        expect([null, -1, 0, 1]).toContain(compareToWanted(a, b, scheme));
      }),
      { numRuns: 3000 },
    );
  });
});

it("a Debian version keeps every hyphen but the last in its upstream part", () => {
  expect(parseDebian("1.0-2-3")).toEqual({ epoch: 0n, upstream: "1.0-2", revision: "3" });
  const a = parseDebian("1.0-0");
  const b = parseDebian("1.0");
  expect(a && b && compareDebian(a, b)).toBe(0);
});
