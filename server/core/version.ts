/** Versions and their order (domain page, chapter 7). */

/** `generic`: numeric part by part. `dpkg` and `rpm`: exactly as those tools order, revisions and epochs included. */
export type VersionScheme = "generic" | "dpkg" | "rpm";

/** A version taken apart for the generic order. */
export interface ParsedVersion {
  readonly text: string;
  readonly epoch: bigint;
  /** The dotted numbers, without trailing zeros. */
  readonly parts: readonly bigint[];
  /** Numbers after a hyphen (`7.1.1-29`); empty where there are none. */
  readonly revision: readonly bigint[];
  /** What the version is before or after its numbers: `rc1` sorts before, a patch letter after. */
  readonly stage: readonly bigint[];
}

/** A version that can be ordered, or null: an unparsable version is reported, never guessed. */
export function parseVersion(text: string): ParsedVersion | null {
  throw new Error(`not written yet: ${text}`);
}

/** -1, 0 or 1; null when one of the two cannot be parsed in this scheme. */
export function compareVersions(a: string, b: string, scheme: VersionScheme = "generic"): -1 | 0 | 1 | null {
  throw new Error(`not written yet: ${a} ${b} ${scheme}`);
}

/** The highest of the parsable versions; null when there is none. */
export function highestVersion(versions: readonly string[], scheme: VersionScheme = "generic"): string | null {
  throw new Error(`not written yet: ${versions.length} ${scheme}`);
}
