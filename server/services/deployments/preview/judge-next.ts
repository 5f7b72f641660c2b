import type { DetectionBatch } from "@/server/core/batch";
import { detectionBatch } from "@/server/core/batch";
import { type ItemDetection, type Platform, planSession } from "@/server/core/plan";
import type { ItemResolution } from "@/server/core/resolve";
import type { LoadedItem, LoadedItems } from "../../sessions/loaders/load-items";
import { toDetectable, toPlanInput } from "../../sessions/loaders/plan-knowledge";
import type { NextStep } from "./types";

/** What was last known of the item on a computer. */
export interface LastDetection {
  readonly version: string | null;
  readonly availableVersion: string | null;
  readonly compliant: boolean | null;
  readonly detectedAt: Date;
}

export interface NextJudgement {
  readonly next: NextStep;
  readonly sentence: string;
}

/**
 * Judges what the next session would do with one item, with the planner that the session itself uses. Prerequisites are
 * not followed: the preview is about this item.
 */
export function createNextJudge(
  item: LoadedItem,
): (resolution: ItemResolution, platform: Platform, last: LastDetection | null) => NextJudgement {
  const alone: LoadedItems = { items: new Map([[item.row.id, item]]), prerequisites: [], order: [] };
  const batches = new Map<string, DetectionBatch>();
  const batchOf = (resolution: ItemResolution, platform: Platform) => {
    const key = JSON.stringify([platform.osFamily, platform.packageManagers, resolution.winner?.desiredState]);
    const known = batches.get(key);
    if (known) return known;
    const made = detectionBatch([toDetectable(item, resolution.winner?.desiredState ?? null)], platform);
    batches.set(key, made);
    return made;
  };
  return (resolution, platform, last) => {
    const state = resolution.winner?.desiredState;
    if (state === undefined) return { next: "none", sentence: "No deployment says what it should be here." };
    if (state === "ignored") return { next: "none", sentence: "It is ignored here: nothing looks at it." };
    if (state === "audit" || state === "monitor")
      return { next: "none", sentence: "It is looked at and left as it is." };
    const isUntested = item.row.kind === "task" && (last?.compliant ?? null) === null;
    if (last === null || isUntested) return { next: "unknown", sentence: "It has not been looked for here yet." };
    const detection: ItemDetection = {
      outcome: "detected",
      version: last.version,
      availableVersion: last.availableVersion,
      matchCount: last.version === null ? 0 : 1,
      compliant: last.compliant,
      value: null,
    };
    const knowledge = { resolutions: [resolution], platform, loaded: alone, batch: batchOf(resolution, platform) };
    const plan = planSession(toPlanInput(knowledge, new Map([[item.row.id, detection]])));
    const action = plan.actions.find((each) => each.itemId === item.row.id);
    if (action === undefined) {
      const settled = plan.compliant.find((each) => each.itemId === item.row.id);
      return { next: "none", sentence: settled?.sentence ?? "Nothing is to be done." };
    }
    if (action.failsWith !== null) return { next: "fail", sentence: action.failsWith };
    return { next: stepOf(action.type), sentence: action.sentence };
  };
}

function stepOf(type: string): NextStep {
  switch (type) {
    case "install":
    case "update":
    case "downgrade":
    case "reinstall":
    case "uninstall":
    case "task":
      return type;
    default:
      return "none";
  }
}
