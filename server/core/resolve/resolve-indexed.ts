import type { DeploymentRule } from "../deployments";
import type { ResolvableComputer, ResolvableItem, ResolvePhase } from "./types";

/** Deployments by target key, with what can be decided once decided: enabled, approved, effective, ranks. */
export interface DeploymentIndex {
  /** Every key some deployment has, and the number it is known by in {@link IndexedComputer}. */
  readonly keyIds: ReadonlyMap<string, number>;
  readonly deployments: readonly DeploymentRule[];
}

/** A computer with its keys as numbers of one index; keys that no deployment has are left out. */
export interface IndexedComputer extends ResolvableComputer {
  readonly keyIds: Int32Array;
}

/** Built once for a fleet. `nowMs` decides which deployments are effective. */
export function indexDeployments(
  deployments: readonly DeploymentRule[],
  items: ReadonlyMap<number, ResolvableItem>,
  nowMs: number,
): DeploymentIndex {
  throw new Error(`not written yet: ${deployments.length} ${items.size} ${nowMs}`);
}

/** The keys of a computer as the index knows them. */
export function internKeys(index: DeploymentIndex, keys: Iterable<string>): Int32Array {
  throw new Error(`not written yet: ${index.deployments.length} ${keys}`);
}

/** The winners for one computer, by item id: the same as `resolveComputer` gives, without the trace. */
export function resolveIndexed(
  index: DeploymentIndex,
  computer: IndexedComputer,
  phase: ResolvePhase,
): DeploymentRule[] {
  throw new Error(`not written yet: ${index.deployments.length} ${computer.id} ${phase}`);
}
