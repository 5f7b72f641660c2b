import type { Runtime } from "@/server/runtime";
import { AgentError } from "@/server/services/agents/agent-error";
import { enrollAgent } from "@/server/services/agents/enroll-agent";
import { parseBody } from "@/server/services/agents/parse-body";
import { recordResults } from "@/server/services/jobs/record-results";
import { startJob } from "@/server/services/jobs/start-job";
import { agentApiOf } from "./agent-api";
import { STREAM_HEADERS } from "./events";
import { readJsonBody } from "./read-body";
import { type Answer, answerError, answerFailure, answerJson } from "./respond";
import { matchRoute } from "./routes";
import { createWebSink } from "./web-sink";
import { checkInRequest } from "./wire";

/**
 * The whole agent API, fetch-style (docs/agent-protocol.md). `address` is where the request came from, as far as that
 * can be trusted. Every answer but the stream is JSON; every refusal is an `errorResponse` and has changed nothing.
 */
export async function handleAgentRequest(
  request: Request,
  runtime: Runtime,
  address: string | null,
): Promise<Response> {
  try {
    const route = matchRoute(request.method, new URL(request.url).pathname);
    if (route.name === "stream") return await openStream(request, runtime, address);
    return toResponse(await answer(route, request, runtime, address));
  } catch (error) {
    return toResponse(answerFailure(error, runtime.logger));
  }
}

async function answer(
  route: Exclude<ReturnType<typeof matchRoute>, { name: "stream" }>,
  request: Request,
  runtime: Runtime,
  address: string | null,
): Promise<Answer> {
  if (route.name === "not-found") return answerError("bad-request", route.message, route.status);
  if (route.name === "enroll") return enroll(request, runtime, address);
  const { gate, checkIns } = await agentApiOf(runtime);
  const actor = await gate.admit({ authorization: request.headers.get("authorization"), address });
  const body = await readJsonBody(request);
  const ctx = runtime.contextFor(actor, address);
  switch (route.name) {
    case "check-in": {
      const { facts } = parseBody(checkInRequest, body);
      await checkIns.add({ agentId: actor.agentId, facts });
      return answerJson({ accepted: true });
    }
    case "start":
      return answerJson(await startJob({ ctx, input: { jobId: route.jobId, request: body } }));
    case "results":
      return answerJson(await recordResults({ ctx, input: { jobId: route.jobId, request: body } }));
  }
}

async function enroll(request: Request, runtime: Runtime, address: string | null): Promise<Answer> {
  const { gate, identifyNow } = await agentApiOf(runtime);
  gate.limit.check(address);
  const body = await readJsonBody(request);
  const ctx = runtime.contextFor({ kind: "system", name: "enrolment" }, address);
  try {
    const enrolled = await enrollAgent({ ctx, input: { request: body } });
    gate.forget(enrolled.agentId);
    await identifyNow(enrolled.agentId);
    return answerJson(enrolled);
  } catch (error) {
    if (error instanceof AgentError && error.agentCode === "bad-enrollment-key") gate.limit.failed(address);
    throw error;
  }
}

async function openStream(request: Request, runtime: Runtime, address: string | null): Promise<Response> {
  const { gate, hub } = await agentApiOf(runtime);
  const actor = await gate.admit({ authorization: request.headers.get("authorization"), address });
  const { sink, body } = createWebSink(() => hub.disconnect(connection));
  const connection = hub.connect(actor.agentId, sink);
  request.signal.addEventListener("abort", () => sink.destroy(), { once: true });
  return new Response(body, { headers: STREAM_HEADERS });
}

function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers });
}
