import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { migrateDatabase } from "@/db/migrate";
import { createEmbeddedEngine, type Engine, embeddedSigningKey, provideEngine } from "@/inngest/embedded";
import { handleInngest } from "@/inngest/serve";
import { closeAgentApi } from "@/server/agents/agent-api";
import { handleAgentNodeRequest } from "@/server/agents/node-adapter";
import { getRuntime, type Runtime } from "@/server/runtime";
import { createEnrollmentKey } from "@/server/services/agents/create-enrollment-key";
import { ensureFirstTenants } from "@/server/services/tenants/ensure-first-tenants";
import { AgentProcess, bundleAgent } from "./agent-process";
import { startTestPostgres } from "./postgres";
import type { PrivateMachine } from "./private-machine";

/** The server's process without the console: runtime, hub and engine over a durable PostgreSQL of its own. */
export interface Stack {
  readonly runtime: Runtime;
  readonly engine: Engine;
  readonly url: string;
  readonly tenantId: number;
  /** Requests that reached the agent API so far, by path. */
  readonly requests: string[];
  /** Enrols a real agent process of this machine, or of a private one, and waits until its computer can be maintained. */
  connectAgent(machine?: PrivateMachine): Promise<{ agent: AgentProcess; computerId: number }>;
  stop(): Promise<void>;
}

/** For processes of their own (benches): it is this process's runtime, which there is one of. */
export async function startStack(): Promise<Stack> {
  const postgres = await startTestPostgres({ durable: true });
  process.env.DATABASE_URL = postgres.url;
  process.env.EVENKEEL_SECRET = Buffer.alloc(32, 3).toString("base64");
  process.env.LOG_LEVEL = "error";
  const runtime = await getRuntime();
  await migrateDatabase(runtime.database);
  const ctx = runtime.systemContext("stack");
  const { customerTenantId: tenantId } = await ensureFirstTenants({ ctx, input: {} });

  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    void handleAgentNodeRequest(request, response, runtime);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const engine = createEmbeddedEngine({
    db: runtime.database.db,
    clock: runtime.clock,
    logger: runtime.logger,
    transport: handleInngest,
    signingKey: embeddedSigningKey,
  });
  provideEngine(engine);
  await engine.start();
  const agents: AgentProcess[] = [];

  return {
    runtime,
    engine,
    url,
    tenantId,
    requests,
    async connectAgent(machine) {
      const { key } = await createEnrollmentKey({ ctx, input: { tenantId, label: "stack" } });
      const agent = await AgentProcess.create(
        await bundleAgent(),
        { ...machine?.environment, EVENKEEL_AGENT_TIMING: "" },
        machine?.launcher,
      );
      agents.push(agent);
      const ready = nextPresence(runtime);
      const enrolled = await agent.command("enroll", "--server", url, "--key", key, "--state", agent.stateDir);
      if (enrolled.exitCode !== 0) throw new Error(`enroll failed: ${enrolled.stderr}`);
      agent.start();
      return { agent, computerId: await ready };
    },
    async stop() {
      for (const agent of agents) await agent.dispose();
      await closeAgentApi(runtime);
      server.closeAllConnections();
      server.close();
      await engine.stop();
      await runtime.close();
      await postgres.stop();
    },
  };
}

/** The next computer that comes online. */
function nextPresence(runtime: Runtime): Promise<number> {
  return new Promise((resolve) => {
    const stop = runtime.signals.subscribe((signal) => {
      if (signal.channel !== "presence") return;
      stop();
      resolve(signal.computerId);
    });
  });
}
