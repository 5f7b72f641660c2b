/** Versions and their order (domain page, chapter 7). */
import { compareDebian, parseDebian } from "./version/dpkg";
import { compareGeneric, type ParsedVersion, parseGeneric } from "./version/generic";
import type { Sign } from "./version/order";
import { compareRpm, parseRpm } from "./version/rpm";

export type { ParsedVersion } from "./version/generic";

/** `generic`: numeric part by part. `dpkg` and `rpm`: exactly as those tools order, revisions and epochs included. */
export const versionSchemes = ["generic", "dpkg", "rpm"] as const;
export type VersionScheme = (typeof versionSchemes)[number];

/** A version that can be ordered, or null: an unparsable version is reported, never guessed. */
export function parseVersion(text: string): ParsedVersion | null {
  return parseGeneric(text);
}

function compareParsed<T>(
  a: string,
  b: string,
  parse: (text: string) => T | null,
  compare: (a: T, b: T) => Sign,
): Sign | null {
  const left = parse(a);
  const right = parse(b);
  return left === null || right === null ? null : compare(left, right);
}

/** -1, 0 or 1; null when one of the two cannot be parsed in this scheme. */
export function compareVersions(a: string, b: string, scheme: VersionScheme = "generic"): -1 | 0 | 1 | null {
  if (scheme === "dpkg") return compareParsed(a, b, parseDebian, compareDebian);
  if (scheme === "rpm") return compareParsed(a, b, parseRpm, compareRpm);
  return compareParsed(a, b, parseGeneric, compareGeneric);
}

/** Whether the text is a version in this scheme. */
export function isVersion(text: string, scheme: VersionScheme = "generic"): boolean {
  return compareVersions(text, text, scheme) !== null;
}

/** The highest of the parsable versions; null when there is none. Of equal ones, the same whatever their order. */
export function highestVersion(versions: readonly string[], scheme: VersionScheme = "generic"): string | null {
  let highest: string | null = null;
  for (const version of versions) {
    if (!isVersion(version, scheme)) continue;
    const order = highest === null ? 1 : compareVersions(version, highest, scheme);
    if (order === 1 || (order === 0 && highest !== null && version < highest)) highest = version;
  }
  return highest;
}

/**
 * Compares what was detected with what a person asked for. Someone who writes `2.3` means any packaging of 2.3, so
 * the epoch and the revision count only where the wanted version states them: `1:2.3-4+deb12u1` is `2.3`.
 */
export function compareToWanted(detected: string, wanted: string, scheme: VersionScheme = "generic"): Sign | null {
  if (scheme === "dpkg") {
    const asked = parseDebian(wanted);
    const found = parseDebian(detected);
    if (asked === null || found === null) return null;
    return compareDebian(
      { ...found, epoch: wanted.includes(":") ? found.epoch : 0n, revision: asked.revision && found.revision },
      asked,
    );
  }
  if (scheme === "rpm") {
    const asked = parseRpm(wanted);
    const found = parseRpm(detected);
    if (asked === null || found === null) return null;
    return compareRpm(
      { ...found, epoch: wanted.includes(":") ? found.epoch : 0n, release: asked.release && found.release },
      asked,
    );
  }
  const asked = parseGeneric(wanted);
  const found = parseGeneric(detected);
  if (asked === null || found === null) return null;
  return compareGeneric(
    {
      ...found,
      epoch: wanted.includes(":") ? found.epoch : 0n,
      revision: asked.revision.length === 0 ? [] : found.revision,
    },
    asked,
  );
}
