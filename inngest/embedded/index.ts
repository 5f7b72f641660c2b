export { createEmbeddedEngine } from "./engine";
export { RegistrationError } from "./function-config";
export { createExclusiveLink, createSessionLink, type EngineLink, linkFor } from "./link";
export { makeEnvironmentPlain } from "./plain-environment";
export { EventError } from "./prepare";
export { embeddedSigningKey, fetchFromEngine, provideEngine } from "./shared";
export type { Engine, EngineLimits, EngineLogger, EngineOptions, EventInput, Executor, Transport } from "./types";
