import type { Runtime } from "@/server/runtime";
import { AgentError } from "@/server/services/agents/agent-error";
import {
  type AgentCredentials,
  authenticateAgent,
  loadAgentCredentials,
  readBearer,
} from "@/server/services/agents/authenticate-agent";
import type { AgentActor } from "@/server/services/agents/authorize-agent";
import { createBatcher } from "./batcher";
import { createFailureLimit } from "./rate-limit";

const KEPT_SECONDS = 60;
const MAX_KEPT = 20_000;
const LOAD_BATCH = 1000;

/** Lets agents in by their bearer token; slows down those who guess. */
export function createGate(runtime: Runtime) {
  const { clock } = runtime;
  const limit = createFailureLimit(clock);
  const kept = new Map<string, { readonly credentials: AgentCredentials; readonly untilMs: number }>();
  const loads = createBatcher<string, AgentCredentials | undefined>(async (agentIds) => {
    const ctx = runtime.systemContext("agent API");
    const found = await loadAgentCredentials({ ctx, input: { agentIds: [...new Set(agentIds)] } });
    return agentIds.map((id) => found.get(id));
  }, LOAD_BATCH);

  function keep(credentials: AgentCredentials): void {
    kept.delete(credentials.agentId);
    kept.set(credentials.agentId, { credentials, untilMs: clock.now().getTime() + KEPT_SECONDS * 1000 });
    if (kept.size > MAX_KEPT) {
      const [oldest] = kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
    }
  }

  return {
    limit,
    /** Forgets what it knows of an agent: it was revoked, or has a new secret. */
    forget: (agentId: string) => {
      kept.delete(agentId);
    },
    /** The agent behind a request. Errors (`agentCode`): `unauthorized`, `revoked`, `too-many-requests`. */
    async admit(request: {
      readonly authorization: string | null;
      readonly address: string | null;
    }): Promise<AgentActor> {
      const bearer = readBearer(request.authorization);
      const known = kept.get(bearer.agentId);
      if (known && known.untilMs > clock.now().getTime() && known.credentials.secretHash === bearer.secretHash) {
        return authenticateAgent(known.credentials, bearer);
      }
      limit.check(request.address);
      const credentials = await loads.add(bearer.agentId);
      try {
        const actor = authenticateAgent(credentials, bearer);
        if (credentials) keep(credentials);
        return actor;
      } catch (error) {
        if (error instanceof AgentError && error.agentCode === "unauthorized") limit.failed(request.address);
        throw error;
      }
    },
  };
}

export type Gate = ReturnType<typeof createGate>;
