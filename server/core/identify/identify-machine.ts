import type { MachineFacts } from "@/server/agents/wire";
import { isKnownBadUuid, normalizeUuid } from "./known-bad-uuids";

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

/** What makers leave in the fields of a board nobody filled in; says nothing about a machine. */
const placeholder =
  /^(?:|0+|none|n\/?a|unknown|invalid|default string|not (?:specified|applicable|available|present)|to be filled by o\.?e\.?m\.?|system serial number|system manufacturer|chassis serial number|123456789|o\.?e\.?m\.?)$/i;

/** Both known and different. What could not be read contradicts nothing. */
function disagree(a: string | null, b: string | null): boolean {
  const [left, right] = [a?.trim() ?? "", b?.trim() ?? ""];
  return !placeholder.test(left) && !placeholder.test(right) && left.toLowerCase() !== right.toLowerCase();
}

const sameText = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.trim() !== "" && a.trim().toLowerCase() === b.trim().toLowerCase();

/** The installation id changed and, where both dates are known, the date too: one alone changes with upgrades. */
function hasOtherInstallation(facts: IdentityFacts, known: IdentityFacts): boolean {
  if (facts.osInstallationId === null || known.osInstallationId === null) return false;
  if (sameText(facts.osInstallationId, known.osInstallationId)) return false;
  if (facts.osInstalledAt === null || known.osInstalledAt === null) return true;
  return Date.parse(facts.osInstalledAt) !== Date.parse(known.osInstalledAt);
}

/** The hardware facts that speak against two machines being one; null when none does. */
function contradiction(facts: IdentityFacts, known: IdentityFacts): string | null {
  if (disagree(facts.serialNumber, known.serialNumber)) {
    return `serial number ${facts.serialNumber} here, ${known.serialNumber} there`;
  }
  if (disagree(facts.manufacturer, known.manufacturer)) {
    return `manufacturer ${facts.manufacturer} here, ${known.manufacturer} there`;
  }
  return null;
}

const idsOf = (candidates: readonly IdentityCandidate[]): number[] =>
  candidates.map((candidate) => candidate.computerId).sort((a, b) => a - b);

/** Which computer a machine is (domain page, chapter 3). Nothing is taken over silently. */
export function identifyMachine(input: {
  readonly facts: IdentityFacts;
  readonly candidates: readonly IdentityCandidate[];
  /** UUIDs that identify nothing, beside the well-known ones, as `normalizeUuid` writes them. */
  readonly knownBad: ReadonlySet<string>;
}): IdentifyDecision {
  const { facts, candidates } = input;
  const sameInstallation = candidates.filter((known) => sameText(known.osInstallationId, facts.osInstallationId));
  const uuid = normalizeUuid(facts.smbiosUuid);
  if (uuid === null) return identifyWeakly(facts, sameInstallation);
  if (isKnownBadUuid(uuid, input.knownBad)) {
    return {
      decision: "needs-decision",
      computerIds: idsOf(sameInstallation),
      reason: `Its SMBIOS UUID ${uuid} is a maker's default that many machines share, so it identifies nothing.`,
    };
  }
  const sameUuid = candidates.filter((known) => normalizeUuid(known.smbiosUuid) === uuid);
  if (sameUuid.length === 0) return identifyUnknownUuid(facts, sameInstallation);

  // After a split several computers may have one UUID; the installation then tells them apart.
  const narrowed = sameUuid.filter((known) => sameText(known.osInstallationId, facts.osInstallationId));
  const [known, ...others] = sameUuid.length > 1 && narrowed.length > 0 ? narrowed : sameUuid;
  if (known === undefined || others.length > 0) {
    return {
      decision: "needs-decision",
      computerIds: idsOf(sameUuid),
      reason: `${sameUuid.length} computers have its SMBIOS UUID, and nothing tells which of them it is.`,
    };
  }
  return identifyKnownUuid(facts, known);
}

function identifyKnownUuid(facts: IdentityFacts, known: IdentityCandidate): IdentifyDecision {
  const { computerId } = known;
  const against = contradiction(facts, known);
  if (against !== null) {
    return {
      decision: "needs-decision",
      computerIds: [computerId],
      reason: `A known computer has its SMBIOS UUID, but they disagree: ${against}.`,
    };
  }
  if (!hasOtherInstallation(facts, known)) {
    return {
      decision: "same-computer",
      computerId,
      reason: "A known computer has its SMBIOS UUID, and the operating system installation is the same.",
    };
  }
  if (known.hasLiveAgent) {
    return {
      decision: "needs-decision",
      computerIds: [computerId],
      reason: "A known computer has its SMBIOS UUID and another operating system installation, and both are alive.",
    };
  }
  return {
    decision: "wiped",
    computerId,
    reason: "A known computer has its SMBIOS UUID; the operating system was installed anew, and its old agent is gone.",
  };
}

/** A machine known weakly whose UUID can be read by now is still that machine; a cloned disk in other hardware is not. */
function identifyUnknownUuid(facts: IdentityFacts, sameInstallation: readonly IdentityCandidate[]): IdentifyDecision {
  const weak = sameInstallation.filter(
    (known) => normalizeUuid(known.smbiosUuid) === null && contradiction(facts, known) === null,
  );
  const [known] = weak;
  if (known === undefined) return { decision: "new", reason: "No computer has its SMBIOS UUID." };
  if (weak.length > 1) {
    return {
      decision: "needs-decision",
      computerIds: idsOf(weak),
      reason: `${weak.length} computers without an SMBIOS UUID have its operating system installation.`,
    };
  }
  return {
    decision: "same-computer",
    computerId: known.computerId,
    reason: "It was known by its operating system installation; now its SMBIOS UUID can be read as well.",
  };
}

function identifyWeakly(facts: IdentityFacts, sameInstallation: readonly IdentityCandidate[]): IdentifyDecision {
  if (facts.osInstallationId === null || facts.osInstallationId.trim() === "") {
    return {
      decision: "needs-decision",
      computerIds: [],
      reason: "Neither an SMBIOS UUID nor an operating system installation id can be read, so nothing identifies it.",
    };
  }
  const [known, ...others] = sameInstallation;
  if (known === undefined) {
    return {
      decision: "weak",
      computerId: null,
      reason: "No SMBIOS UUID can be read; a new computer, known by its operating system installation.",
    };
  }
  const against = others.length === 0 ? contradiction(facts, known) : null;
  if (others.length > 0 || against !== null) {
    return {
      decision: "needs-decision",
      computerIds: idsOf(sameInstallation),
      reason:
        against === null
          ? `No SMBIOS UUID can be read, and ${sameInstallation.length} computers have its operating system installation.`
          : `A known computer has its operating system installation, but they disagree: ${against}.`,
    };
  }
  return {
    decision: "weak",
    computerId: known.computerId,
    reason: "No SMBIOS UUID can be read; a known computer has the same operating system installation.",
  };
}
