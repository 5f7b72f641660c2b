export { isTimeZone, localDateAt } from "./local-time";
export * from "./next-local-time";
export * from "./next-occurrences";
