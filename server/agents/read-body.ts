import { AgentError } from "@/server/services/agents/agent-error";
import { MAX_BODY_BYTES } from "./wire";

/** How much of a body that is too large is still taken in, unkept, so that its sender gets to read the answer. */
const MAX_DISCARDED_BYTES = 32 * 1024 * 1024;

/** The JSON of a request. Errors (`agentCode`): `body-too-large`, `bad-request`. Never holds more than the limit. */
export async function readJsonBody(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length <= MAX_BODY_BYTES) chunks.push(value);
    else chunks.length = 0;
    if (length > MAX_DISCARDED_BYTES) {
      await reader.cancel().catch(() => {});
      break;
    }
  }
  if (length > MAX_BODY_BYTES) {
    throw new AgentError("body-too-large", `The body is larger than ${MAX_BODY_BYTES} bytes. Send less at once.`);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new AgentError("bad-request", "The body is not JSON in UTF-8.", { body: "is not JSON" });
  }
}
