export * from "./next-execution";
export * from "./transitions";
