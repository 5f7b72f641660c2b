export * from "./identify-machine";
export * from "./known-bad-uuids";
