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

/** The primary person of a computer, from its newest ten UPNs. A pinned one is never replaced. */
export function choosePrimaryPerson(input: {
  /** Newest first, repeats included; only the first ten count. */
  readonly upns: readonly string[];
  /** People of the computer's tenant. */
  readonly people: readonly { readonly id: number; readonly upn: string }[];
  /** Id of the person pinned by hand. */
  readonly pinned: number | null;
}): PrimaryPersonChoice {
  throw new Error(`not written yet: ${input.upns.length}`);
}
