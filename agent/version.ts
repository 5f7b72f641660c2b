declare const EVENKEEL_AGENT_VERSION: string | undefined;

/** Put in by the bundler; sources run directly call themselves a development build. */
export const agentVersion: string =
  typeof EVENKEEL_AGENT_VERSION === "string" ? EVENKEEL_AGENT_VERSION : "0.0.0-development";
