import { getRuntime } from "@/server/runtime";
import { recordDelivery } from "@/server/services/emails/record-delivery";
import { ServiceError } from "@/server/services/errors";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const LONGEST_BODY_BYTES = 1_000_000;
const statuses: Readonly<Record<string, number>> = { "not-found": 404, unauthenticated: 401 };

/** What the mail provider tells of mails: signed, and read only as the characters that were signed. */
export async function POST(request: Request): Promise<Response> {
  if (Number(request.headers.get("content-length") ?? 0) > LONGEST_BODY_BYTES) {
    return Response.json({ error: "The body is too large." }, { status: 413 });
  }
  const header = (name: string) => request.headers.get(name);
  const headers = { id: header("svix-id"), timestamp: header("svix-timestamp"), signature: header("svix-signature") };
  const ctx = (await getRuntime()).systemContext("mail webhook");
  try {
    const result = await recordDelivery({ ctx, input: { rawBody: await request.text(), headers } });
    return Response.json({ result });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return Response.json({ error: error.message }, { status: statuses[error.code] ?? 400 });
  }
}
