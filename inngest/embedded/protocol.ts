import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Transport } from "./types";

/** An operation the SDK asks for, or reports. */
export interface Op {
  id: string;
  op: string;
  name: string;
  displayName: string;
  opts: Record<string, unknown>;
  data: unknown;
  error: unknown;
}

/** What came of one call of a function. */
export type Outcome =
  /** Steps ran, failed or were found. `retryAfter` goes with a failed step. */
  | { kind: "ops"; ops: Op[]; retryAfter: string | undefined }
  /** The function returned; the value as JSON text. */
  | { kind: "result"; output: string }
  /** The function threw outside its steps. */
  | { kind: "error"; error: SerializedError; retriable: boolean; retryAfter: string | undefined }
  /** Nobody answered as the SDK does: no fault of the function, and no attempt of it. */
  | { kind: "unreachable"; reason: string };

export interface SerializedError {
  name: string;
  message: string;
  stack?: string | undefined;
  [key: string]: unknown;
}

export interface Call {
  functionId: string;
  /** SHA-1 of the step to run; left out, the function runs until it finds something new. */
  stepId: string | undefined;
  runId: string;
  attempt: number;
  maxAttempts: number;
  /** Steps found must be reported, not run at once: others of the same run may be running. */
  planOnly: boolean;
  /** JSON text of the event and of each memo, as stored. */
  event: string;
  memos: readonly { id: string; result: string }[];
}

const opSchema = z.object({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});

const errorSchema = z.looseObject({ name: z.string().optional(), message: z.string().optional() });

const registrationSchema = z.object({ app_id: z.string(), functions: z.array(z.unknown()) });

/** The app as its engine sees it. */
export interface AppClient {
  call(call: Call): Promise<Outcome>;
  /** The app's id and its functions, in the SDK's registration format. */
  register(): Promise<{ appId: string; functions: unknown[] }>;
}

/** Speaks the Inngest SDK's protocol to a `serve()` handler. */
export function createAppClient(transport: Transport, serveUrl: string, signingKey: string | undefined): AppClient {
  const post = (method: string, query: string, body: string, signed: () => string, headers: Record<string, string>) =>
    transport(
      new Request(`${serveUrl}${query}`, {
        method,
        body,
        headers: {
          "content-type": "application/json",
          host: new URL(serveUrl).host,
          ...headers,
          ...(signingKey === undefined ? {} : { "x-inngest-signature": sign(signed(), signingKey) }),
        },
      }),
    );

  return {
    call: async (call) => {
      const body = bodyOf(call);
      const query = `?fnId=${encodeURIComponent(call.functionId)}&stepId=${call.stepId ?? "step"}`;
      try {
        const response = await post("POST", query, body, () => canonical(JSON.parse(body)), {
          "x-run-id": call.runId,
        });
        return readOutcome(response, await response.text());
      } catch (error) {
        return { kind: "unreachable", reason: error instanceof Error ? error.message : String(error) };
      }
    },
    register: async () => {
      const body = JSON.stringify({ url: serveUrl });
      const response = await post("PUT", "", body, () => body, { "x-inngest-sync-kind": "in_band" });
      const text = await response.text();
      if (!response.ok)
        throw new Error(`${serveUrl} answered ${response.status} when asked for its functions: ${text}`);
      const { app_id, functions } = registrationSchema.parse(JSON.parse(text));
      return { appId: app_id, functions };
    },
  };
}

/** Stored JSON is passed on as it is, never parsed: results can be large, and runs have many. */
function bodyOf(call: Call): string {
  const ids = JSON.stringify(call.memos.map((memo) => memo.id));
  const steps = call.memos.map((memo) => `${JSON.stringify(memo.id)}:${memo.result}`).join(",");
  const ctx = {
    run_id: call.runId,
    attempt: call.attempt,
    max_attempts: call.maxAttempts,
    disable_immediate_execution: call.planOnly,
    use_api: false,
  };
  // `ctx.fn_id` stays out: with it the SDK would report its steps over HTTP.
  const context = `${JSON.stringify(ctx).slice(0, -1)},"stack":{"stack":${ids},"current":${call.memos.length}}}`;
  return `{"version":-1,"event":${call.event},"events":[${call.event}],"steps":{${steps}},"ctx":${context}}`;
}

function readOutcome(response: Response, text: string): Outcome {
  const sdk = response.headers.has("x-inngest-sdk");
  if (!sdk || response.status === 401) {
    return { kind: "unreachable", reason: `answered ${response.status}: ${text.slice(0, 300)}` };
  }
  const retryAfter = response.headers.get("retry-after") ?? undefined;
  if (response.status === 200) return { kind: "result", output: text === "" ? "null" : text };
  const body: unknown = JSON.parse(text);
  if (response.status === 206) {
    const ops = z.array(opSchema).parse(Array.isArray(body) ? body : [body]);
    return { kind: "ops", ops: ops.map(toOp), retryAfter };
  }
  return {
    kind: "error",
    error: toError(body),
    retriable: response.headers.get("x-inngest-no-retry") !== "true",
    retryAfter,
  };
}

function toOp(op: z.infer<typeof opSchema>): Op {
  return {
    id: op.id,
    op: op.op,
    name: op.name ?? "",
    displayName: op.displayName ?? op.name ?? op.id,
    opts: op.opts ?? {},
    data: op.data ?? null,
    error: op.error,
  };
}

/** An error as the SDK serialises it, whatever was thrown. */
export function toError(value: unknown): SerializedError {
  const parsed = errorSchema.safeParse(value);
  if (!parsed.success) return { name: "Error", message: String(value) };
  const { name, message, error, ...rest } = parsed.data;
  return { ...rest, name: name ?? "Error", message: message ?? (typeof error === "string" ? error : "Unknown error") };
}

/** The SDK's signature: HMAC-SHA256 over the canonical body and the time, under the key without its prefix. */
function sign(canonicalBody: string, signingKey: string): string {
  const seconds = Math.round(Date.now() / 1000).toString();
  const key = signingKey.replace(/^signkey-\w+-/, "");
  return `t=${seconds}&s=${createHmac("sha256", key).update(canonicalBody).update(seconds).digest("hex")}`;
}

/** RFC 8785: keys sorted by UTF-16 code units, no white space. JSON.stringify already writes numbers and strings so. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}
