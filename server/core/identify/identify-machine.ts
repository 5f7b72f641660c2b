import type { MachineFacts } from "@/server/agents/wire";

export type IdentityFacts = Pick<
  MachineFacts,
  "smbiosUuid" | "osInstallationId" | "osInstalledAt" | "serialNumber" | "manufacturer"
>;

/** A computer that shares the SMBIOS UUID or the OS installation with the machine. */
export interface IdentityCandidate extends IdentityFacts {
  readonly computerId: number;
  readonly identity: "strong" | "weak";
  /** An agent of that computer, other than the one that reports now, is alive. */
  readonly hasLiveAgent: boolean;
}

export type IdentifyDecision =
  | { readonly decision: "new"; readonly reason: string }
  | { readonly decision: "same-computer"; readonly computerId: number; readonly reason: string }
  | { readonly decision: "wiped"; readonly computerId: number; readonly reason: string }
  /** Known by its OS installation only. `computerId` null: a new computer. */
  | { readonly decision: "weak"; readonly computerId: number | null; readonly reason: string }
  | { readonly decision: "needs-decision"; readonly computerIds: readonly number[]; readonly reason: string };

/** Which computer a machine is (domain page, chapter 3). Nothing is taken over silently. */
export function identifyMachine(input: {
  readonly facts: IdentityFacts;
  readonly candidates: readonly IdentityCandidate[];
  /** UUIDs that identify nothing, beside the well-known ones, as `normalizeUuid` writes them. */
  readonly knownBad: ReadonlySet<string>;
}): IdentifyDecision {
  throw new Error(`not written yet: ${input.candidates.length}`);
}
