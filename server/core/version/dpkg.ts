import { compareBigints, type Sign, sign } from "./order";

/** A Debian version: `[epoch:]upstream[-revision]` (deb-version(7)). */
export interface DebianVersion {
  readonly epoch: bigint;
  readonly upstream: string;
  /** Null where the version has none, which orders as `0` does. */
  readonly revision: string | null;
}

/** Null when dpkg would call it malformed. */
export function parseDebian(text: string): DebianVersion | null {
  const groups = /^(?:(?<epoch>\d{1,9}):)?(?<upstream>\d[A-Za-z0-9.+~:-]*?)(?:-(?<revision>[A-Za-z0-9.+~]+))?$/.exec(
    text.trim(),
  )?.groups;
  if (groups?.upstream === undefined) return null;
  // Only a version with an epoch may have a colon further on.
  if (groups.epoch === undefined && groups.upstream.includes(":")) return null;
  return { epoch: BigInt(groups.epoch ?? "0"), upstream: groups.upstream, revision: groups.revision ?? null };
}

/** Tilde before the end, the end before letters, letters before everything else. */
function weigh(character: string | undefined): number {
  if (character === undefined || /\d/.test(character)) return 0;
  if (character === "~") return -1;
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
}

/** dpkg's `verrevcmp`: stretches of non-digits by weight, stretches of digits by number, in turn. */
export function compareDebianPart(a: string, b: string): Sign {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while (isNonDigit(a[i]) || isNonDigit(b[j])) {
      const order = weigh(a[i]) - weigh(b[j]);
      if (order !== 0) return sign(order);
      i++;
      j++;
    }
    const left = /^\d*/.exec(a.slice(i))?.[0] ?? "";
    const right = /^\d*/.exec(b.slice(j))?.[0] ?? "";
    const order = compareBigints(BigInt(left || "0"), BigInt(right || "0"));
    if (order !== 0) return order;
    i += left.length;
    j += right.length;
  }
  return 0;
}

const isNonDigit = (character: string | undefined): boolean => character !== undefined && !/\d/.test(character);

export function compareDebian(a: DebianVersion, b: DebianVersion): Sign {
  return (
    compareBigints(a.epoch, b.epoch) ||
    compareDebianPart(a.upstream, b.upstream) ||
    compareDebianPart(a.revision ?? "", b.revision ?? "")
  );
}
