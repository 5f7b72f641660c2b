import type { DeploymentRule } from "@/server/core/deployments";
import { type ItemResolution, type ResolvableItem, resolveComputer } from "@/server/core/resolve";
import type { LoadedComputer } from "../../resolution/load-computers";
import type { createNextJudge, LastDetection, NextJudgement } from "./judge-next";

export interface Decision {
  /** As things are now, and as they are with the draft. */
  readonly before: ItemResolution;
  readonly after: ItemResolution;
  readonly next: NextJudgement;
}

/** What is decided of the item on a computer that holds `keys`; `isMeant`: the draft's own key is among them. */
export type Decide = (
  computer: LoadedComputer,
  keys: readonly string[],
  isMeant: boolean,
  last: LastDetection | null,
) => Decision;

/**
 * The resolver and the planner for one item over a fleet. Computers of which all that decides is the same (tenant, class,
 * system, the keys that some deployment of the item has, what was detected) are decided once.
 */
export function createDecide(preview: {
  readonly item: ResolvableItem;
  readonly draft: DeploymentRule;
  /** Every deployment of the item as it is now, by target key. */
  readonly rules: ReadonlyMap<string, readonly DeploymentRule[]>;
  readonly nowMs: number;
  readonly judgeNext: ReturnType<typeof createNextJudge>;
}): Decide {
  const { item, draft, rules, nowMs } = preview;
  const items = new Map([[item.id, item]]);
  const resolved = new Map<string, Omit<Decision, "next">>();
  const judged = new Map<string, NextJudgement>();

  return (computer, keys, isMeant, last) => {
    const relevant = keys.filter((key) => rules.has(key));
    const kind = JSON.stringify([
      computer.tenantAncestorIds,
      computer.deviceClass,
      computer.osFamily,
      computer.packageManagers,
      computer.phase,
      relevant,
      isMeant,
    ]);
    const both = resolved.get(kind) ?? resolveBoth(computer, relevant, isMeant);
    resolved.set(kind, both);
    const known = last && [last.version, last.availableVersion, last.compliant];
    const situation = `${JSON.stringify(known)}${kind}`;
    const next = judged.get(situation) ?? preview.judgeNext(both.after, computer, last);
    judged.set(situation, next);
    return { ...both, next };
  };

  function resolveBoth(computer: LoadedComputer, relevant: readonly string[], isMeant: boolean) {
    const now = relevant.flatMap((key) => rules.get(key) ?? []);
    const then = [...now.filter((rule) => rule.id !== draft.id), ...(isMeant ? [draft] : [])];
    const held = new Set([...relevant, ...(isMeant ? [draft.targetKey] : [])]);
    const resolve = (deployments: readonly DeploymentRule[]): ItemResolution =>
      resolveComputer({
        computer,
        keys: [...held].map((key) => ({ key, sentence: "", source: { table: "computers", id: computer.id } })),
        deployments,
        items,
        phase: computer.phase,
        nowMs,
      })[0] ?? { itemId: item.id, winner: null, losers: [], notApplied: [], evidence: [] };
    return { before: resolve(now), after: resolve(then) };
  }
}
