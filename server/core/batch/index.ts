export * from "./detection-batch";
export * from "./read-detections";
export type * from "./types";
