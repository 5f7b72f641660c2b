import { type Decision, nothingToDo, toFail, toRun, type Wish } from "./decision";
import { neededFirst } from "./sentences";
import type { ItemDetection, PlannableItem } from "./types";

/** What to do about one task: enforce, audit, monitor or nothing. */
export function decideTask(
  item: PlannableItem,
  wish: Wish,
  detection: Extract<ItemDetection, { outcome: "detected" }>,
): Decision {
  switch (wish.desiredState) {
    case "enforce":
      return enforce(item, wish, detection.compliant);
    case "audit":
      return audit(item, detection.compliant);
    case "monitor":
      if (item.taskScripts?.get !== true) return lacks(item, "monitor", "get");
      return nothingToDo({
        type: "monitor",
        reason: "value-recorded",
        sentence: `${item.name} was recorded.`,
        recordedValue: detection.value,
      });
    case "ignored":
      return nothingToDo({ type: "none", reason: "ignored", sentence: `${item.name} is left as it is.` });
    default:
      return toFail({
        type: "none",
        reason: "unsupported",
        sentence: `${item.name} is a task; "${wish.desiredState}" is for software.`,
      });
  }
}

function enforce(item: PlannableItem, wish: Wish, compliant: boolean | null): Decision {
  if (item.taskScripts?.test !== true) return lacks(item, "enforce", "test");
  if (compliant === null) return untested(item, "task");
  if (compliant) {
    return nothingToDo({ type: "none", reason: "compliant", sentence: `${item.name} is as it should be.` });
  }
  if (!item.taskScripts.set) return lacks(item, "enforce", "set");
  return runTask(item, wish);
}

/** Sets, then tests again. */
export function runTask(item: PlannableItem, wish: Wish): Decision {
  return toRun({
    type: "task",
    reason: wish.neededBy === null ? "test-failed" : "prerequisite",
    sentence: `Enforce ${item.name} ${neededFirst(wish) ?? "because its test failed"}.`,
  });
}

function audit(item: PlannableItem, compliant: boolean | null): Decision {
  if (item.taskScripts?.test !== true) return lacks(item, "audit", "test");
  if (compliant === null) return untested(item, "audit");
  return nothingToDo(
    compliant
      ? { type: "audit", reason: "compliant", sentence: `${item.name} passed its audit.` }
      : { type: "audit", reason: "not-compliant", sentence: `${item.name} did not pass its audit.` },
  );
}

const untested = (item: PlannableItem, type: "task" | "audit"): Decision =>
  toFail({ type, reason: "detection-failed", sentence: `The test of ${item.name} did not say true or false.` });

const lacks = (item: PlannableItem, mode: string, script: string): Decision =>
  toFail({
    type: "none",
    reason: "unsupported",
    sentence: `${item.name} cannot ${mode} here: it has no ${script} script for this system.`,
  });
