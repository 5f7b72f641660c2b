import type { DeploymentRule } from "@/server/core/deployments";
import { compileTargetKey } from "@/server/core/targets";
import type { DeploymentDraft } from "../deployment-input";

/** Stands for a deployment that has no id yet; higher than any there is, as its own will be. */
export const DRAFT_ID = Number.MAX_SAFE_INTEGER;

/**
 * A draft as the resolver sees it once it takes part: a preview of what is disabled, or begins later, shows what it
 * will do then.
 */
export function draftRule(draft: DeploymentDraft, saved: DeploymentRule | null, nowMs: number): DeploymentRule {
  return {
    ...draft.target,
    id: saved?.id ?? DRAFT_ID,
    origin: "mine",
    itemId: draft.itemId,
    desiredState: draft.desiredState,
    version: draft.version,
    targetKey: compileTargetKey(draft.target),
    phase: draft.phase,
    enabled: true,
    approval: null,
    effectiveFromMs: null,
    createdAtMs: saved?.createdAtMs ?? nowMs,
  };
}
