/**
 * The fast path for fleets: the same winners as `resolveComputer`, without the trace. Whatever does not depend on the
 * computer is decided when the index is built, so that a computer costs the deployments its keys lead to.
 */
import { deviceClass } from "@/server/agents/wire";
import type { DeploymentRule } from "../deployments";
import type { DeviceClass } from "../targets";
import { admitsDeviceClass, admitsPlatform } from "../targets";
import { compareDeployments } from "./compare-deployments";
import { firstFailedAnywhere, narrowsByClass } from "./conditions";
import { originRanks, rankScope } from "./ranks";
import type { ResolvableComputer, ResolvableItem, ResolvePhase } from "./types";

/** Deployments by target key, with what can be decided once decided: enabled, approved, effective, ranks. */
export interface DeploymentIndex {
  /** Every key some live deployment has, and the number it is known by in {@link IndexedComputer}. */
  readonly keyIds: ReadonlyMap<string, number>;
  /** Those that can take part at all, best first as far as that holds for every computer. */
  readonly deployments: readonly DeploymentRule[];
  /** Positions in `deployments`, by key id. */
  readonly byKey: readonly Int32Array[];
  /** Item ids, ascending; `itemOf` holds positions in it, by position in `deployments`. */
  readonly itemIds: readonly number[];
  readonly items: readonly ResolvableItem[];
  readonly itemOf: Int32Array;
  /** Bits of the device classes each deployment admits. */
  readonly classMasks: Uint8Array;
  readonly onboardingOnly: Uint8Array;
  /** Origin and scope as one number; the rules that come before the nearer tenant. */
  readonly firstRanks: Float64Array;
  /** The tenant of a one-tenant target, else 0. */
  readonly tenantIds: Float64Array;
  /** For one computer at a time: the best position for each item, and its score. */
  readonly best: Int32Array;
  readonly scores: Float64Array;
  readonly touched: Int32Array;
}

/** A computer with its keys as numbers of one index; keys that no deployment has are left out. */
export interface IndexedComputer extends ResolvableComputer {
  readonly keyIds: Int32Array;
}

const classBits: Readonly<Record<DeviceClass, number>> = {
  workstation: 1,
  portable: 2,
  server: 4,
  "domain-controller": 8,
  "primary-domain-controller": 16,
};
const ALL_CLASSES = 31;
/** More levels than any tree of tenants has. */
const TENANT_LEVELS = 1024;

function maskOf(deployment: DeploymentRule): number {
  if (!narrowsByClass(deployment)) return ALL_CLASSES;
  return deviceClass.options
    .filter((device) => admitsDeviceClass(deployment.deviceClass, device))
    .reduce((mask, device) => mask | classBits[device], 0);
}

/** Built once for a fleet. `nowMs` decides which deployments are effective. */
export function indexDeployments(
  deployments: readonly DeploymentRule[],
  items: ReadonlyMap<number, ResolvableItem>,
  nowMs: number,
): DeploymentIndex {
  // With no tenant to be near to, the order is that of every rule but the nearer tenant.
  const everywhere = { tenantAncestorIds: [] };
  const live = deployments
    .filter((deployment) => items.has(deployment.itemId) && firstFailedAnywhere(deployment, nowMs) === null)
    .sort((a, b) => compareDeployments(a, b, everywhere).order);
  const itemIds = [...new Set(live.map((deployment) => deployment.itemId))].sort((a, b) => a - b);
  const itemPositions = new Map(itemIds.map((id, position) => [id, position]));

  const keyIds = new Map<string, number>();
  const byKey: number[][] = [];
  live.forEach((deployment, position) => {
    const known = keyIds.get(deployment.targetKey);
    if (known === undefined) {
      keyIds.set(deployment.targetKey, byKey.length);
      byKey.push([position]);
    } else {
      byKey[known]?.push(position);
    }
  });
  return {
    keyIds,
    deployments: live,
    byKey: byKey.map((positions) => Int32Array.from(positions)),
    itemIds,
    items: itemIds.flatMap((id) => items.get(id) ?? []),
    itemOf: Int32Array.from(live, (deployment) => itemPositions.get(deployment.itemId) ?? -1),
    classMasks: Uint8Array.from(live, maskOf),
    onboardingOnly: Uint8Array.from(live, (deployment) => (deployment.phase === "onboarding" ? 1 : 0)),
    firstRanks: Float64Array.from(live, (deployment) => originRanks[deployment.origin] * 4 + rankScope(deployment)),
    tenantIds: Float64Array.from(live, (deployment) =>
      rankScope(deployment) === 2 ? (deployment.targetTenantId ?? -1) : 0,
    ),
    best: new Int32Array(itemIds.length).fill(-1),
    scores: new Float64Array(itemIds.length),
    touched: new Int32Array(itemIds.length),
  };
}

/** The keys of a computer as the index knows them, each once. */
export function internKeys(index: DeploymentIndex, keys: Iterable<string>): Int32Array {
  const ids = new Set<number>();
  for (const key of keys) {
    const id = index.keyIds.get(key);
    if (id !== undefined) ids.add(id);
  }
  return Int32Array.from(ids);
}

/** The winners for one computer, by item id: the same as `resolveComputer` gives, without the trace. */
export function resolveIndexed(
  index: DeploymentIndex,
  computer: IndexedComputer,
  phase: ResolvePhase,
): DeploymentRule[] {
  const { best, scores, touched, deployments } = index;
  const classBit = classBits[computer.deviceClass];
  const onboarding = phase === "onboarding";
  const stride = deployments.length + 1;
  let count = 0;
  for (const keyId of computer.keyIds) {
    const positions = index.byKey[keyId];
    if (positions === undefined) continue;
    for (const position of positions) {
      if (((index.classMasks[position] ?? 0) & classBit) === 0) continue;
      if (!onboarding && index.onboardingOnly[position] === 1) continue;
      const item = index.itemOf[position] ?? -1;
      const score =
        ((index.firstRanks[position] ?? 0) * TENANT_LEVELS + distance(index, position, computer)) * stride + position;
      const before = best[item] ?? -1;
      if (before === -1) {
        touched[count++] = item;
      } else if ((scores[item] ?? 0) <= score) {
        continue;
      }
      best[item] = position;
      scores[item] = score;
    }
  }
  return collect(index, computer, count);
}

function distance(index: DeploymentIndex, position: number, computer: ResolvableComputer): number {
  const tenantId = index.tenantIds[position] ?? 0;
  if (tenantId === 0) return 0;
  const found = computer.tenantAncestorIds.indexOf(tenantId);
  return found === -1 ? computer.tenantAncestorIds.length : found;
}

/** Winners by item id, and the scratch space clean for the next computer. */
function collect(index: DeploymentIndex, computer: ResolvableComputer, count: number): DeploymentRule[] {
  const winners: DeploymentRule[] = [];
  for (const item of index.touched.subarray(0, count).sort()) {
    const winner = index.deployments[index.best[item] ?? -1];
    const platforms = index.items[item]?.platforms;
    index.best[item] = -1;
    if (winner !== undefined && platforms !== undefined && admitsPlatform(platforms, computer)) winners.push(winner);
  }
  return winners;
}
