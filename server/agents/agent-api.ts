import type { Runtime } from "@/server/runtime";
import { type CheckIn, checkIn } from "@/server/services/agents/check-in";
import { identifyAgent } from "@/server/services/identification/identify-agent";
import { type Batcher, createBatcher } from "./batcher";
import { describeFault } from "./describe-fault";
import { createGate, type Gate } from "./gate";
import { type Hub, startHub } from "./hub";

/** What a process that agents talk to holds once. */
export interface AgentApi {
  readonly hub: Hub;
  readonly gate: Gate;
  readonly checkIns: Batcher<CheckIn, void>;
  /** Finds out at once which computer an agent is on. Only saves a wait: the event in the outbox does it in any case. */
  identifyNow(agentId: string): Promise<void>;
}

const CHECK_IN_BATCH = 200;
const key = Symbol.for("evenkeel.agent-api");
type Holder = { [key]?: Promise<AgentApi> };

/** The agent API of a runtime, with its hub; started at first use, the same for every bundle in the process. */
export function agentApiOf(runtime: Runtime): Promise<AgentApi> {
  const holder = runtime as Runtime & Holder;
  holder[key] ??= open(runtime).catch((error: unknown) => {
    delete holder[key];
    throw error;
  });
  return holder[key];
}

/** Says `bye` to all agents and takes the hub down; before the runtime is closed. Harmless when there is none. */
export async function closeAgentApi(runtime: Runtime): Promise<void> {
  const holder = runtime as Runtime & Holder;
  const api = await holder[key]?.catch(() => undefined);
  await api?.hub.close();
}

async function open(runtime: Runtime): Promise<AgentApi> {
  const gate = createGate(runtime);
  runtime.signals.subscribe((signal) => {
    if (signal.channel === "agents") gate.forget(signal.agentId);
  });
  const ctx = runtime.systemContext("agent API");
  const identifyNow = async (agentId: string) => {
    try {
      await identifyAgent({ ctx, input: { agentId } });
    } catch (error) {
      runtime.logger.warn(
        { err: describeFault(error), agentId },
        "an agent could not be identified; it is tried again",
      );
    }
  };
  const checkIns = createBatcher<CheckIn, void>(async (batch) => {
    const { toIdentify } = await checkIn({ ctx, input: { checkIns: batch } });
    for (const agentId of toIdentify) await identifyNow(agentId);
    return [];
  }, CHECK_IN_BATCH);
  return { hub: await startHub(runtime), gate, checkIns, identifyNow };
}
