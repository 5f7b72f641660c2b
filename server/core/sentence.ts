/** Deployments in words. */
import type { DeploymentPhase, DesiredState, Target } from "./deployments";
import type { ItemKind } from "./items";

export interface DescribableDeployment {
  readonly target: Target;
  readonly desiredState: DesiredState;
  readonly version: string | null;
  readonly phase: DeploymentPhase;
  readonly item: { readonly name: string; readonly kind: ItemKind };
  readonly names: {
    /** The tenant of a one-tenant target. */
    readonly tenant: string | null;
    /** The computer, person, group, tag, filter, agreement type or product. */
    readonly target: string | null;
  };
}

/** "Workstations and portables at Contoso should have the latest Adobe Acrobat." */
export function describeDeployment(deployment: DescribableDeployment): string {
  throw new Error(`not written yet: ${deployment.version}`);
}

/** A version as people say it: without epoch, revision and build (`1:2.3-4+deb12u1` is `2.3`). */
export function formatVersionShort(version: string): string {
  throw new Error(`not written yet: ${version}`);
}
