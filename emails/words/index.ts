export * from "./moments";
export * from "./outcome-line";
export type { Words } from "./words";
export * from "./words-for";
