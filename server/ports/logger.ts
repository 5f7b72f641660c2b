import pino from "pino";

export type Logger = pino.Logger;

/** Logs as JSON lines on standard output; secrets that could slip in are cut out by name. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    redact: {
      paths: ["*.authorization", "*.agentSecret", "*.enrollmentKey", "*.password", "*.secret", "*.token"],
      censor: "[secret]",
    },
  });
