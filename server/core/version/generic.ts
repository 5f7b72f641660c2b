import { compareBigints, compareNumberLists, type Sign } from "./order";

/** A version taken apart for the generic order. */
export interface ParsedVersion {
  readonly text: string;
  /** Debian's and RPM's `1:`; 0 where there is none. */
  readonly epoch: bigint;
  /** The dotted numbers, without trailing zeros. */
  readonly parts: readonly bigint[];
  /** Pre-releases sort before the release (negative first number), patch letters after it; empty for a plain release. */
  readonly stage: readonly bigint[];
  /** Numbers after a hyphen (`7.1.1-29`); empty where there are none. */
  readonly revision: readonly bigint[];
}

/** Longer text is no version; bounds the work on hostile input. */
const MAX_LENGTH = 200;

const shape =
  /^v?(?:(?<epoch>\d+):)?(?<numbers>\d+(?:[.,_]\s?\d+)*)(?:[-._~ ]?(?<stage>(?:alpha|beta|preview|pre|dev|rc)(?![a-z])|[abp](?=\d))[-._]?(?<stageNumber>\d+(?:\.\d+)*)?|(?<letter>[a-z])(?![a-z0-9]))?(?<rest>.*)$/is;
const revisionShape = /^-(\d+(?:\.\d+)*)(?![a-z\d])/i;

/** What comes before the release, in the order in which it comes. */
const stageRanks: Readonly<Record<string, bigint>> = {
  dev: -6n,
  alpha: -5n,
  a: -5n,
  beta: -4n,
  b: -4n,
  pre: -3n,
  preview: -3n,
  rc: -2n,
  p: 1n,
};

const numbersOf = (text: string): bigint[] => text.split(/[.,_]\s?/).map((part) => BigInt(part));

function withoutTrailingZeros(numbers: readonly bigint[]): bigint[] {
  let length = numbers.length;
  while (length > 0 && numbers[length - 1] === 0n) length--;
  return numbers.slice(0, length);
}

/**
 * A version that can be ordered, or null. Understood: a leading `v`, an epoch, numbers separated by `.`, `,` or `_`,
 * alpha, beta, rc and the like, a patch letter (`1.1.1w`) or `p1`, a numeric revision after a hyphen. What follows
 * (`+build`, ` (x64)`, `.el9`, `-ubuntu1`) does not count.
 */
export function parseGeneric(text: string): ParsedVersion | null {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return null;
  const groups = shape.exec(trimmed)?.groups;
  if (groups?.numbers === undefined) return null;
  const rest = groups.rest ?? "";
  // `12abc` is a name that begins with digits, not a version with a suffix.
  if (/^[a-z]/i.test(rest) && groups.stage === undefined) return null;
  const revision = revisionShape.exec(rest)?.[1];
  return {
    text: trimmed,
    epoch: BigInt(groups.epoch ?? "0"),
    parts: withoutTrailingZeros(numbersOf(groups.numbers)),
    stage: stageOf(groups.stage, groups.stageNumber, groups.letter),
    revision: revision === undefined ? [] : withoutTrailingZeros(numbersOf(revision)),
  };
}

function stageOf(word: string | undefined, number: string | undefined, letter: string | undefined): bigint[] {
  if (letter !== undefined) return [1n, BigInt(letter.toLowerCase().charCodeAt(0))];
  if (word === undefined) return [];
  return withoutTrailingZeros([
    stageRanks[word.toLowerCase()] ?? -1n,
    ...(number === undefined ? [] : numbersOf(number)),
  ]);
}

export function compareGeneric(a: ParsedVersion, b: ParsedVersion): Sign {
  return (
    compareBigints(a.epoch, b.epoch) ||
    compareNumberLists(a.parts, b.parts) ||
    compareNumberLists(a.stage, b.stage) ||
    compareNumberLists(a.revision, b.revision)
  );
}
