import { packageManager } from "@/server/agents/wire";
import { type DetectableItem, type DetectionBatch, detectionBatch } from "@/server/core/batch";
import type { ItemDetection, PlanInput, PlannableItem, Platform } from "@/server/core/plan";
import { requiredItems } from "@/server/core/plan";
import type { ItemResolution } from "@/server/core/resolve";
import type { ServiceContext } from "../../context";
import type { RunningSession } from "../run-session-row";
import { type LoadedItem, type LoadedItems, loadItems } from "./load-items";

/** The items that decisions concern, and how all of them are detected in one round trip. */
export interface PlanKnowledge {
  readonly resolutions: readonly ItemResolution[];
  readonly platform: Platform;
  readonly loaded: LoadedItems;
  readonly batch: DetectionBatch;
}

/** Loads what detecting and planning these decisions takes, prerequisites and configuration tasks included. */
export async function loadPlanKnowledge(
  ctx: ServiceContext,
  { computer, tenantAncestorIds }: Pick<RunningSession, "computer" | "tenantAncestorIds">,
  resolutions: readonly ItemResolution[],
): Promise<PlanKnowledge> {
  const platform = platformOf(computer);
  const wanted = resolutions.flatMap((resolution) => (resolution.winner === null ? [] : [resolution.itemId]));
  const loaded = await loadItems(ctx, wanted, tenantAncestorIds);
  const configured = new Map(
    [...loaded.items].map(([id, { software }]) => [id, { configurationItemId: software?.configurationItemId ?? null }]),
  );
  const winners = new Map(resolutions.map((resolution) => [resolution.itemId, resolution.winner]));
  const detectable = requiredItems(resolutions, loaded.prerequisites, configured).flatMap((id) => {
    const item = loaded.items.get(id);
    return item ? [toDetectable(item, winners.get(id)?.desiredState ?? null)] : [];
  });
  return { resolutions, platform, loaded, batch: detectionBatch(detectable, platform) };
}

/** What decides which of an item's installers, detections and scripts a computer can use. */
export const platformOf = (computer: RunningSession["computer"]): Platform => ({
  osFamily: computer.osFamily,
  packageManagers: computer.packageManagers.flatMap((name) => packageManager.safeParse(name).data ?? []),
});

/** What the planner reads, once the answers are there. */
export function toPlanInput(knowledge: PlanKnowledge, detections: ReadonlyMap<number, ItemDetection>): PlanInput {
  const { batch, loaded, platform, resolutions } = knowledge;
  const schemes = new Map(batch.questions.map((question) => [question.itemId, question.scheme]));
  const items = new Map<number, PlannableItem>();
  for (const [id, item] of loaded.items) {
    const scripts =
      item.taskScripts.find((set) => set.osFamily === platform.osFamily) ??
      item.taskScripts.find((set) => set.osFamily === "any");
    const { software } = item;
    items.set(id, {
      id,
      kind: item.row.kind,
      name: item.row.name,
      detectionSchemeForVersions: schemes.get(id) ?? "generic",
      installers: software?.installers ?? [],
      versions: item.versions.map(({ version, installers }) => ({ version, installers })),
      versionSource: software?.versionSource ?? null,
      upgradeStrategy: software?.upgradeStrategy ?? "none",
      repairStrategy: software?.repairStrategy ?? "none",
      hasTest: typeof software?.testScriptId === "number",
      licenceRequired: software?.licenceRequired ?? false,
      licenceAssigned: item.licenceAssigned,
      configurationItemId: software?.configurationItemId ?? null,
      safeToRetry: item.row.safeToRetry,
      taskScripts: {
        test: typeof scripts?.testScriptId === "number",
        set: typeof scripts?.setScriptId === "number",
        get: typeof scripts?.getScriptId === "number",
      },
    });
  }
  return {
    resolutions,
    items,
    detections,
    prerequisites: loaded.prerequisites,
    order: loaded.order,
    platform,
  };
}

/** An item as the detection batch asks about it. */
export function toDetectable(item: LoadedItem, desiredState: DetectableItem["desiredState"]): DetectableItem {
  return {
    id: item.row.id,
    kind: item.row.kind,
    name: item.row.name,
    desiredState,
    detections: item.software?.detections ?? [],
    versionSource: item.software?.versionSource ?? null,
    versionScriptId: item.software?.versionScriptId ?? null,
    testScriptId: item.software?.testScriptId ?? null,
    taskScripts: item.taskScripts,
  };
}
