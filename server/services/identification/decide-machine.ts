import type { MachineFacts } from "@/server/agents/wire";
import { type IdentifyDecision, identifyMachine } from "@/server/core/identify";
import type { Candidate } from "./load-candidates";

/**
 * The core's decision, held back for a person where taking it would cross a customer's border, or would join two
 * machines that are both alive and have nothing but a cloned installation in common.
 */
export function decideMachine(input: {
  readonly tenantId: number;
  readonly facts: MachineFacts;
  readonly candidates: readonly Candidate[];
  readonly knownBad: ReadonlySet<string>;
}): IdentifyDecision {
  const decision = identifyMachine(input);
  const computerId = "computerId" in decision ? decision.computerId : null;
  const known = input.candidates.find((candidate) => candidate.computerId === computerId);
  if (!known) return decision;
  if (known.tenantId !== input.tenantId) {
    return {
      decision: "needs-decision",
      computerIds: [known.computerId],
      reason: "A computer of another customer has its SMBIOS UUID.",
    };
  }
  const otherName = known.name.toLowerCase() !== input.facts.hostName.toLowerCase();
  if (decision.decision === "weak" && known.hasLiveAgent && otherName) {
    return {
      decision: "needs-decision",
      computerIds: [known.computerId],
      reason: `It has the operating system installation of ${known.name}, and both are alive: one is probably a clone.`,
    };
  }
  return decision;
}
