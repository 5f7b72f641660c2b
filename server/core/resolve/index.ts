export * from "./compare-deployments";
export * from "./resolve-computer";
export * from "./resolve-indexed";
export * from "./types";
