export * from "./find-cycle";
export type * from "./types";
