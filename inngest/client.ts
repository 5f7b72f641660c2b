import { Inngest } from "inngest";
import { embeddedSigningKey, fetchFromEngine } from "./embedded/shared";

export const APP_ID = "evenkeel";

/** `embedded`: the engine in this process. `dev`: an Inngest dev server. `server`: self-hosted Inngest, or its cloud. */
export type EngineMode = "embedded" | "dev" | "server";

type Environment = Readonly<Record<string, string | undefined>>;

const OFF = new Set(["", "0", "false", "no", "off"]);

/** Which engine the environment asks for: the embedded one unless an Inngest server is named. */
export function engineMode(env: Environment): EngineMode {
  if (!OFF.has((env.INNGEST_DEV ?? "").toLowerCase())) return "dev";
  return env.INNGEST_BASE_URL || env.INNGEST_EVENT_KEY || env.INNGEST_SIGNING_KEY ? "server" : "embedded";
}

/** The client of the engine the environment asks for; the SDK reads addresses and keys of a server by itself. */
export function createInngestClient(env: Environment): Inngest {
  // Spans of AI calls are of no use here, and cost on every step.
  const options = { id: APP_ID, aiMetadata: false };
  if (engineMode(env) !== "embedded") return new Inngest(options);
  return new Inngest({
    ...options,
    // Signed like a server's requests: the handler is a public route, and must obey nobody but the engine.
    isDev: false,
    signingKey: embeddedSigningKey,
    eventKey: "embedded",
    baseUrl: "http://engine.internal",
    fetch: fetchFromEngine,
  });
}

export const inngest = createInngestClient(process.env);
