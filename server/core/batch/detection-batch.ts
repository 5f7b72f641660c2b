import type { Platform } from "../plan/types";
import type { DetectableItem, DetectionBatch } from "./types";

/** What to ask an agent in one job so that every item is detected. */
export function detectionBatch(items: readonly DetectableItem[], platform: Platform): DetectionBatch {
  throw new Error(`not written yet: ${items.length} ${platform.osFamily}`);
}
