export * from "./moments";
export type { Words } from "./words";
export * from "./words-for";
