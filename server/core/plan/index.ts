export * from "./hash";
export * from "./plan-session";
export type * from "./types";
