import { decideSoftware } from "./decide-software";
import { decideTask } from "./decide-task";
import { type Decision, nothingToDo, toFail, type Wish } from "./decision";
import type { ItemDetection, PlannableItem, Platform } from "./types";

/** What to do about one item, by itself. `detection` undefined: it was not asked about. */
export function decideItem(
  item: PlannableItem,
  wish: Wish,
  detection: ItemDetection | undefined,
  platform: Platform,
): Decision {
  if (wish.desiredState === "ignored") {
    return nothingToDo({
      type: "none",
      reason: "ignored",
      sentence: `${item.name} is left as it is.`,
      detectedVersion: detection?.outcome === "detected" ? detection.version : null,
    });
  }
  if (detection === undefined || detection.outcome === "failed") {
    const why = detection === undefined ? "it was not asked about" : detection.reason.replace(/\.$/, "");
    return toFail({
      type: "none",
      reason: "detection-failed",
      sentence: `${item.name} could not be detected: ${why}.`,
    });
  }
  return item.kind === "software" ? decideSoftware(item, wish, detection, platform) : decideTask(item, wish, detection);
}
