import type { ItemDetection } from "../plan/types";
import type { DetectionBatch, StepAnswer } from "./types";

/** What the answers say of each item asked about. A missing or wrong answer is a failed detection that says so. */
export function readDetections(batch: DetectionBatch, answers: readonly StepAnswer[]): Map<number, ItemDetection> {
  throw new Error(`not written yet: ${batch.questions.length} ${answers.length}`);
}
