import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { errorResponse } from "../../server/agents/wire";
import { errorCode } from "../errors";
import { agentVersion } from "../version";
import { retryAfterMs } from "./backoff";

/** An answer of the server. `code` is the protocol's error code, where the answer carries one. */
export type Reply = {
  status: number;
  body: unknown;
  code: string | null;
  message: string;
  retryAfterMs: number | null;
};

/** No answer came: refused, reset, timed out, aborted. Nothing is known of whether the server acted. */
export class NetworkError extends Error {}

const MAX_REPLY_BYTES = 1024 * 1024;

export type Http = ReturnType<typeof createHttp>;

/** Requests to one Evenkeel server under `<serverUrl>/api/agent/v1`. Redirects are not followed. */
export function createHttp({ serverUrl, bearer }: { serverUrl: string; bearer: () => string | null }) {
  const base = new URL(serverUrl);
  const secure = base.protocol === "https:";
  const connections = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const send = secure ? httpsRequest : httpRequest;
  const optionsFor = (path: string, method: string, headers: Record<string, string | number>) => ({
    protocol: base.protocol,
    hostname: base.hostname.replace(/^\[|\]$/g, ""),
    port: base.port === "" ? undefined : Number(base.port),
    path: `${base.pathname.replace(/\/+$/, "")}/api/agent/v1${path}`,
    method,
    headers: {
      "user-agent": `evenkeel-agent/${agentVersion}`,
      ...(bearer() === null ? {} : { authorization: `Bearer ${bearer()}` }),
      ...headers,
    },
  });

  const postOnce = (path: string, body: string, timeoutMs: number, signal: AbortSignal | undefined) =>
    new Promise<Reply>((resolve, reject) => {
      const payload = Buffer.from(body, "utf8");
      const request = send(
        {
          ...optionsFor(path, "POST", {
            accept: "application/json",
            "content-type": "application/json",
            "content-length": payload.length,
          }),
          agent: connections,
          signal,
        },
        (response) => readReply(response).then(resolve, reject),
      );
      const timer = setTimeout(() => request.destroy(new NetworkError("the server did not answer in time")), timeoutMs);
      request.on("close", () => clearTimeout(timer));
      request.on("error", (error) => {
        const stale = request.reusedSocket && errorCode(error) === "ECONNRESET";
        reject(stale ? new StaleConnection() : new NetworkError(describeNetworkError(error)));
      });
      request.end(payload);
    });

  return {
    /** @throws NetworkError */
    async post(path: string, body: unknown, { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal }) {
      const text = JSON.stringify(body);
      try {
        return await postOnce(path, text, timeoutMs, signal);
      } catch (error) {
        // The server had closed an idle connection just as it was used again; every request of the protocol may be repeated.
        if (!(error instanceof StaleConnection)) throw error;
        return postOnce(path, text, timeoutMs, signal);
      }
    },

    /** Opens the event stream; resolves with the response as soon as its head is there. @throws NetworkError */
    openStream(path: string, signal: AbortSignal): Promise<{ response: IncomingMessage; close: () => void }> {
      return new Promise((resolve, reject) => {
        const options = optionsFor(path, "GET", { accept: "text/event-stream", "cache-control": "no-cache" });
        const request = send({ ...options, agent: false, signal }, (response) => {
          response.socket.setNoDelay(true);
          response.socket.setKeepAlive(true, 60_000);
          resolve({ response, close: () => request.destroy() });
        });
        request.on("error", (error) => reject(new NetworkError(describeNetworkError(error))));
        request.end();
      });
    },

    close() {
      connections.destroy();
    },
  };
}

class StaleConnection extends NetworkError {}

/** Reads an answer whole; also for a refused stream. */
export async function readReply(response: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > MAX_REPLY_BYTES) throw new Error("the answer is too large");
      chunks.push(chunk);
    }
  } catch (error) {
    response.destroy();
    throw new NetworkError(describeNetworkError(error));
  }
  const body = parseJson(Buffer.concat(chunks).toString("utf8"));
  const error = errorResponse.safeParse(body);
  return {
    status: response.statusCode ?? 0,
    body,
    code: error.success ? error.data.error.code : null,
    message: error.success ? error.data.error.message : `The server answered ${response.statusCode}.`,
    retryAfterMs: retryAfterMs(response.headers["retry-after"], Date.now()),
  };
}

export function describeNetworkError(error: unknown): string {
  const code = errorCode(error);
  const known: Record<string, string> = {
    ECONNREFUSED: "nothing listens there",
    ECONNRESET: "the connection was cut",
    ENOTFOUND: "the name cannot be resolved",
    EAI_AGAIN: "the name cannot be resolved right now",
    ETIMEDOUT: "the server did not answer in time",
    EHOSTUNREACH: "there is no route to it",
    ENETUNREACH: "there is no network",
    DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is not from a known authority",
    CERT_HAS_EXPIRED: "its certificate has expired",
    ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
  };
  if (code !== null && known[code] !== undefined) return known[code];
  return error instanceof Error && error.message !== "" ? error.message : (code ?? "unknown network error");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
