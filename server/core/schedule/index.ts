export * from "./next-local-time";
export * from "./next-occurrences";
