import type { DeploymentRule } from "@/server/core/deployments";
import { explainComputerKeys, type MembershipFacts, type TargetKeyEvidence } from "@/server/core/targets";
import type { LoadedComputer } from "../../resolution/load-computers";
import type { Decide } from "./decide";
import type { LastDetection } from "./judge-next";
import type { PreviewRow } from "./types";

/** What is the same for every computer of a preview. */
export interface PreviewCase {
  readonly draft: DeploymentRule;
  /** What is saved of it now; null for a new one. */
  readonly saved: DeploymentRule | null;
  readonly decide: Decide;
}

/** What saving the draft means for one computer; null where it means nothing. */
export function judgeComputer(
  preview: PreviewCase,
  computer: LoadedComputer,
  facts: MembershipFacts,
  last: LastDetection | null,
): PreviewRow | null {
  const { draft, saved } = preview;
  const { held } = explainComputerKeys(facts);
  const evidence = held.find((each) => each.key === draft.targetKey) ?? null;
  const isLeft = saved !== null && held.some((each) => each.key === saved.targetKey);
  if (evidence === null && !isLeft) return null;
  const { before, after, next } = preview.decide(
    computer,
    held.map((each) => each.key),
    evidence !== null,
    last,
  );
  const refused = after.notApplied.find((each) => each.deployment.id === draft.id) ?? null;
  const isAdmitted = refused === null || refused.condition === "phase";
  const reached = evidence !== null && isAdmitted;
  if (!reached && before.winner?.id !== draft.id) return null;
  const wins = after.winner?.id === draft.id;
  const loss = after.losers.find((each) => each.deployment.id === draft.id) ?? null;
  return {
    computerId: computer.id,
    computerName: computer.name,
    tenantId: computer.tenantId,
    tenantName: computer.tenantName,
    primaryPersonName: computer.primaryPersonName,
    online: computer.online,
    reached,
    because: reached ? sentenceOf(evidence) : null,
    detectedVersion: last?.version ?? null,
    detectedAt: last?.detectedAt ?? null,
    wins,
    changesWinner: !sameRule(before.winner, after.winner),
    notAppliedBecause: reached ? (refused?.sentence ?? null) : null,
    beats: wins
      ? after.losers.map((each) => ({
          deploymentId: each.deployment.id,
          rule: each.beatenBy,
          sentence: each.sentence,
        }))
      : [],
    losesTo:
      loss === null || after.winner === null
        ? null
        : { deploymentId: after.winner.id, rule: loss.beatenBy, sentence: loss.sentence },
    next: next.next,
    nextSentence: next.sentence,
  };
}

const sentenceOf = (evidence: TargetKeyEvidence | null) => evidence?.sentence ?? null;

/** The same deployment with the same content, whatever else is saved with it. */
function sameRule(a: DeploymentRule | null, b: DeploymentRule | null): boolean {
  if (a === null || b === null) return a === b;
  return a.id === b.id && a.desiredState === b.desiredState && a.version === b.version;
}
