import type { DetectionBatch } from "@/server/core/batch";
import type { ParameterValues } from "@/server/core/items";
import type { ItemResolution } from "@/server/core/resolve";
import type { ServiceContext } from "../context";
import type { LoadedItems } from "./loaders/load-items";
import { loadScripts } from "./loaders/load-scripts";
import { addScriptStep, type JobSteps } from "./script-step";

/** Keys of the steps that read the whole machine. */
export const FACTS_KEY = "facts";
export const INVENTORY_KEY = "inventory";
export const DETECT_KEY = "detect";

/** Adds the questions of a batch: one step for all the declarative ones, then the scripts. */
export async function addDetectionSteps(
  ctx: ServiceContext,
  job: JobSteps,
  batch: DetectionBatch,
  loaded: LoadedItems,
  valuesOf: (itemId: number) => ParameterValues,
): Promise<void> {
  if (batch.detect.length > 0) {
    job.steps.push({
      kind: "detect",
      key: DETECT_KEY,
      items: batch.detect.map(({ itemKey, methods }) => ({ itemKey, methods: [...methods] })),
    });
  }
  const scripts = await loadScripts(
    ctx,
    batch.scripts.map((script) => script.scriptId),
  );
  for (const { key, itemId, scriptId } of batch.scripts) {
    // A script that cannot be put on the wire stays unanswered, and its detection says that there was no answer.
    addScriptStep(ctx, job, key, scripts.get(scriptId), valuesOf(itemId), loaded.items.get(itemId)?.taskParameters);
  }
}

/** The parameter values of each item's winning deployment. */
export function winningValues(resolutions: readonly ItemResolution[]): (itemId: number) => ParameterValues {
  const values = new Map(resolutions.map(({ itemId, winner }) => [itemId, winner?.parameters ?? {}]));
  return (itemId) => values.get(itemId) ?? {};
}
