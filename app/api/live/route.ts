import { getRequestContext } from "@/server/auth/get-actor";
import { openLiveStream } from "@/server/trpc/live";

export const dynamic = "force-dynamic";

/** Server-sent events: what changed of what the signed-in person may see. */
export async function GET(request: Request): Promise<Response> {
  const { runtime, actor } = await getRequestContext();
  if (actor?.kind !== "user") return new Response("Sign in first.", { status: 401 });
  return openLiveStream(runtime, actor, request.signal);
}
