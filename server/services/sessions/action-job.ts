import { type DetectionBatch, detectionBatch } from "@/server/core/batch";
import type { PlannedAction } from "@/server/core/plan";
import type { ServiceContext } from "../context";
import { addDetectionSteps, FACTS_KEY } from "./detection-steps";
import { packageStep } from "./installer-script";
import { RUN_KEY_PREFIX } from "./judge-action";
import { type LoadedItem, type LoadedItems, loadItems } from "./loaders/load-items";
import { loadScripts } from "./loaders/load-scripts";
import { platformOf, toDetectable } from "./loaders/plan-knowledge";
import type { RunningSession } from "./run-session-row";
import { addScriptStep, type JobSteps } from "./script-step";

/** How one action is detected after it ran. */
export interface ActionVerification {
  readonly loaded: LoadedItems;
  readonly item: LoadedItem | undefined;
  readonly batch: DetectionBatch;
}

export async function loadVerification(
  ctx: ServiceContext,
  { computer, tenantAncestorIds }: RunningSession,
  action: PlannedAction,
): Promise<ActionVerification> {
  const loaded = await loadItems(ctx, [action.itemId], tenantAncestorIds);
  const item = loaded.items.get(action.itemId);
  const detectable = item ? [toDetectable(item, action.desiredState)] : [];
  return { loaded, item, batch: detectionBatch(detectable, platformOf(computer)) };
}

/**
 * The job of one action: what does it, then what detects whether it helped, in one round trip; after the last one the
 * machine's facts too, for a pending restart. Answers a sentence instead when there is nothing that could do it.
 */
export async function buildActionJob(
  ctx: ServiceContext,
  running: RunningSession,
  action: PlannedAction,
  { isLast }: { readonly isLast: boolean },
): Promise<JobSteps | string> {
  const job: JobSteps = { steps: [], secrets: {} };
  const { loaded, item, batch } = await loadVerification(ctx, running, action);
  if (!item) return "The item was deleted since the plan was made.";
  const problem = await addRunSteps(ctx, job, running, action, item);
  if (problem !== null) return problem;
  await addDetectionSteps(ctx, job, batch, loaded, () => action.parameters);
  if (isLast) job.steps.push({ kind: "facts", key: FACTS_KEY });
  return job;
}

async function addRunSteps(
  ctx: ServiceContext,
  job: JobSteps,
  { computer }: RunningSession,
  action: PlannedAction,
  item: LoadedItem,
): Promise<string | null> {
  const { installer } = action;
  if (action.method !== "script" && installer !== null && "package" in installer) {
    job.steps.push(packageStep(RUN_KEY_PREFIX, installer, action));
    return null;
  }
  const ids = scriptsOf(action, item, computer.osFamily);
  if (typeof ids === "string") return ids;
  const scripts = await loadScripts(ctx, ids);
  // A script that wants to know the version has a parameter of that name.
  const values = { ...(action.wantedVersion === null ? {} : { Version: action.wantedVersion }), ...action.parameters };
  for (const [at, id] of ids.entries()) {
    const problem = addScriptStep(ctx, job, `${RUN_KEY_PREFIX}:${at}`, scripts.get(id), values, item.taskParameters);
    if (problem !== null) return problem;
  }
  return null;
}

/** The scripts that do an action, in order, or why there are none. */
function scriptsOf(action: PlannedAction, item: LoadedItem, osFamily: string): number[] | string {
  if (action.type === "task") {
    const set =
      item.taskScripts.find((each) => each.osFamily === osFamily) ??
      item.taskScripts.find((each) => each.osFamily === "any");
    return typeof set?.setScriptId === "number" ? [set.setScriptId] : "The task has no script that sets it here.";
  }
  if (action.method === "script") {
    const id = action.type === "reinstall" ? item.software?.repairScriptId : item.software?.upgradeScriptId;
    return typeof id === "number" ? [id] : "The software has no script for this.";
  }
  const { installer } = action;
  if (installer === null || installer.kind !== "script") return "There is no installer for this computer.";
  const removes = action.type === "uninstall" || action.method === "uninstall-install";
  if (removes && installer.uninstallScriptId === undefined) return "The installer has no uninstall script.";
  return [
    ...(removes && installer.uninstallScriptId !== undefined ? [installer.uninstallScriptId] : []),
    ...(action.type === "uninstall" ? [] : [installer.installScriptId]),
  ];
}
