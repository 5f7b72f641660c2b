import { randomUUID } from "node:crypto";
import { type EnrollRequest, enrollResponse, PROTOCOL_VERSION } from "../server/agents/wire";
import { AgentError } from "./errors";
import { readFacts } from "./facts";
import { createHttp, NetworkError, type Reply } from "./net/http";
import { createPlatform } from "./platform";
import { createInterpreters } from "./scripts/interpreters";
import { ensureStateDir, loadIdentity, saveIdentity } from "./state/identity";
import type { Timing } from "./timing";

/**
 * Makes this computer known to a server and keeps what it answers. Enrolling again with the same server is the same
 * agent again, with a new secret.
 *
 * @returns the agent's id
 * @throws AgentError `refused` for a key that is not accepted, `unreachable` when there is no answer
 */
export async function enroll({
  serverUrl,
  enrollmentKey,
  stateDir,
  move,
  timing,
}: {
  serverUrl: string;
  enrollmentKey: string;
  stateDir: string;
  /** Leave the server this computer is enrolled with for another one. */
  move: boolean;
  timing: Timing;
}): Promise<string> {
  ensureStateDir(stateDir);
  const known = loadIdentity(stateDir);
  if (known?.enrolled != null && known.serverUrl !== serverUrl && !move) {
    throw new AgentError("usage", `This computer is enrolled with ${known.serverUrl}; add --move to leave it.`);
  }
  const instanceId = known !== null && known.serverUrl === serverUrl ? known.instanceId : randomUUID();
  if (known === null) saveIdentity(stateDir, { serverUrl, instanceId, enrolled: null });
  const facts = await readFacts(createPlatform({ stateDir }), createInterpreters());
  const request: EnrollRequest = { protocol: PROTOCOL_VERSION, enrollmentKey, instanceId, facts };

  const reply = await ask(serverUrl, request, timing.requestTimeoutMs);
  if (reply.status !== 200) {
    if (reply.code === null && reply.status < 500) {
      throw new AgentError("refused", `${serverUrl} is no Evenkeel server (it answered ${reply.status}).`);
    }
    throw new AgentError(reply.status >= 500 ? "unreachable" : "refused", reply.message);
  }
  const answer = enrollResponse.safeParse(reply.body);
  if (!answer.success)
    throw new AgentError("refused", `${serverUrl} answered in a way this agent does not understand.`);
  saveIdentity(stateDir, { serverUrl, instanceId, enrolled: { ...answer.data, enrolledAt: new Date().toISOString() } });
  return answer.data.agentId;
}

async function ask(serverUrl: string, request: EnrollRequest, timeoutMs: number): Promise<Reply> {
  const http = createHttp({ serverUrl, bearer: () => null });
  try {
    return await http.post("/enroll", request, { timeoutMs });
  } catch (error) {
    if (error instanceof NetworkError)
      throw new AgentError("unreachable", `${serverUrl} cannot be reached: ${error.message}.`);
    throw error;
  } finally {
    http.close();
  }
}
