export { createEmbeddedEngine } from "./engine";
export { RegistrationError } from "./function-config";
export { createExclusiveLink, createSessionLink, type EngineLink, linkFor } from "./link";
export { EventError } from "./prepare";
export type { Engine, EngineLimits, EngineLogger, EngineOptions, EventInput, Executor, Transport } from "./types";
