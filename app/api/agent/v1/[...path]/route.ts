import { isIP } from "node:net";
import { handleAgentRequest } from "@/server/agents/handle-agent-request";
import { getRuntime } from "@/server/runtime";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** For where Next.js itself faces the agents; in `npm start` the server's process answers them before it gets here. */
async function handle(request: Request): Promise<Response> {
  // The last entry is what the nearest proxy saw; the ones before it are what the client says.
  const address = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return handleAgentRequest(request, await getRuntime(), isIP(address) === 0 ? null : address);
}

export { handle as GET, handle as POST };
