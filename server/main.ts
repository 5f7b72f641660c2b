import { createServer } from "node:http";
import next from "next";
import { engineMode } from "@/inngest/client";
import { createEmbeddedEngine, embeddedSigningKey, makeEnvironmentPlain, provideEngine } from "@/inngest/embedded";
import { handleInngest } from "@/inngest/serve";
import { agentApiOf, closeAgentApi } from "./agents/agent-api";
import { handleAgentNodeRequest } from "./agents/node-adapter";
import { hasEntra, readEnv } from "./env";
import { getRuntime, type Runtime } from "./runtime";
import { prepareInstallation } from "./services/installation/prepare-installation";
import { sendOutbox } from "./services/outbox/send-outbox";

/**
 * The server's process: the console (Next.js), the agents' connections and, unless an Inngest server is named, the
 * embedded durable-function engine. Its supervisor is told over IPC when it is ready or why it cannot be.
 */
async function main() {
  makeEnvironmentPlain();
  const env = readEnv(process.env);
  const runtime = await getRuntime();
  const installation = await prepareInstallation(runtime);
  const development = process.env.NODE_ENV === "development";

  const console_ = next({ dev: development, dir: process.cwd(), hostname: env.HOST, port: env.PORT });
  await console_.prepare();
  const handleConsole = console_.getRequestHandler();

  const server = createServer((request, response) => {
    if (request.url?.startsWith("/api/agent/")) void handleAgentNodeRequest(request, response, runtime);
    else void handleConsole(request, response);
  });
  // The hub first: computers that a killed server left online are offline until their agents are back.
  await agentApiOf(runtime);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.PORT, env.HOST, resolve);
  });

  const engine = engineMode(process.env) === "embedded" ? createEngine(runtime, development) : null;
  await engine?.start();
  await sendOutbox({ ctx: runtime.systemContext("start"), input: {} });

  const stop = async () => {
    server.close();
    await closeAgentApi(runtime);
    server.closeAllConnections();
    await engine?.stop();
    await runtime.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("disconnect", stop);
  process.send?.({ ready: true, signIn: hasEntra(env) ? "entra" : "local", ...installation });
}

/** In production its requests stay in this process; in development they go where Next reloads the functions. */
function createEngine(runtime: Runtime, development: boolean) {
  const { database, clock, logger, env } = runtime;
  const engine = createEmbeddedEngine({
    db: database.db,
    clock,
    logger,
    signingKey: embeddedSigningKey,
    ...(development
      ? { transport: fetch, serveUrl: `http://127.0.0.1:${env.PORT}/api/inngest` }
      : { transport: handleInngest }),
  });
  provideEngine(engine);
  return engine;
}

main().catch((error: unknown) => {
  const problem = error instanceof Error ? error.message : String(error);
  console.error(error);
  if (process.send) process.send({ problem }, () => process.exit(1));
  else process.exit(1);
});
