/** User affinity (domain page, chapter 4). */

export interface PrimaryPersonChoice {
  /** Null: nobody. */
  readonly personId: number | null;
  /** The UPN that decided, as it was seen last; null when none did. */
  readonly upn: string | null;
  /** The UPNs that were counted, newest first. */
  readonly counted: readonly string[];
  readonly sentence: string;
}

export const UPNS_COUNTED = 10;

const fold = (upn: string): string => upn.trim().toLowerCase();

/**
 * The primary person of a computer: whoever of its tenant has the most frequent of the newest ten UPNs, the newest
 * winning ties. Where that UPN is nobody's, nobody is. A pinned one is never replaced.
 */
export function choosePrimaryPerson(input: {
  /** Newest first, repeats included; only the first ten count. */
  readonly upns: readonly string[];
  /** People of the computer's tenant. */
  readonly people: readonly { readonly id: number; readonly upn: string }[];
  /** Id of the person pinned by hand. */
  readonly pinned: number | null;
}): PrimaryPersonChoice {
  const counted = input.upns.slice(0, UPNS_COUNTED);
  if (input.pinned !== null) {
    return { personId: input.pinned, upn: null, counted, sentence: "The primary person was pinned by hand." };
  }
  const counts = new Map<string, number>();
  for (const upn of counted) counts.set(fold(upn), (counts.get(fold(upn)) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const winner = counted.find((upn) => counts.get(fold(upn)) === most);
  if (winner === undefined) {
    return { personId: null, upn: null, counted, sentence: "Nobody was seen signed in yet." };
  }
  const seen = `${winner} was signed in ${most} of the last ${counted.length} times`;
  const person = input.people.find((candidate) => fold(candidate.upn) === fold(winner));
  return person === undefined
    ? { personId: null, upn: winner, counted, sentence: `${seen}, and is nobody of this tenant.` }
    : { personId: person.id, upn: winner, counted, sentence: `${seen}.` };
}
