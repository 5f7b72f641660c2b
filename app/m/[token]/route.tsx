import { MessagePage } from "@/app/m/_page/message-page";
import { BadFormPage, RefusalPage } from "@/app/m/_page/notice-page";
import { readForm } from "@/app/m/_page/read-form";
import { respondWithPage, seeOther } from "@/app/m/_page/respond";
import { getRuntime } from "@/server/runtime";
import { ServiceError } from "@/server/services/errors";
import { choose } from "@/server/services/messages/choose";
import { openMessage } from "@/server/services/messages/open-message";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

type Context = { params: Promise<{ token: string }> };

const statuses = { tampered: 400, unknown: 404, expired: 410 } as const;
const localeOf = (request: Request) => request.headers.get("accept-language")?.split(/[,;]/)[0] ?? null;

/** Shows what a link is about. Changes nothing, however often and by whomever it is opened. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const query = new URL(request.url).searchParams;
  const ctx = (await getRuntime()).systemContext("message page");
  const sentKey = query.get("sent");
  const view = await openMessage({ ctx, input: { token, sentKey, isRepeated: query.has("again") } });
  if (view.kind !== "message") {
    return respondWithPage(<RefusalPage kind={view.kind} locale={localeOf(request)} />, statuses[view.kind]);
  }
  const wish = query.get("choose");
  const intent = wish === "cancel" || wish === "run-now" ? wish : "postpone";
  return respondWithPage(<MessagePage view={view} path={`/m/${token}`} intent={intent} />, 200);
}

/** Does what the form asks for, then leads back to the page. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const ctx = (await getRuntime()).systemContext("message page");
  const path = `/m/${encodeURIComponent(token)}`;
  const badForm = () => respondWithPage(<BadFormPage path={path} locale={localeOf(request)} />, 400);
  const fields = await readForm(request);
  if (fields === null) return badForm();
  try {
    const chosen = await choose({ ctx, input: { token, fields } });
    if (chosen.kind === "chosen") return seeOther(`${path}?sent=${chosen.key}${chosen.isRepeated ? "&again" : ""}`);
    return respondWithPage(<RefusalPage kind={chosen.kind} locale={localeOf(request)} />, statuses[chosen.kind]);
  } catch (error) {
    if (error instanceof ServiceError && error.code === "bad-input") return badForm();
    throw error;
  }
}
