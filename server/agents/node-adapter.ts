import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import type { Runtime } from "@/server/runtime";
import { agentApiOf } from "./agent-api";
import type { Sink } from "./connections";
import { STREAM_HEADERS } from "./events";
import { handleAgentRequest } from "./handle-agent-request";
import { type Answer, answerFailure } from "./respond";
import { matchRoute } from "./routes";

/** The agent API on Node's own HTTP server; the stream goes straight to the response, without a web stream between. */
export async function handleAgentNodeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  runtime: Runtime,
): Promise<void> {
  const address = addressOf(request);
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  try {
    if (request.method === "GET" && matchRoute("GET", path).name === "stream") {
      await openStream(request, response, runtime, address);
    } else {
      await answerWith(await handleAgentRequest(toWebRequest(request, path), runtime, address), response);
    }
  } catch (error) {
    finish(response, answerFailure(error, runtime.logger));
  }
}

async function openStream(
  request: IncomingMessage,
  response: ServerResponse,
  runtime: Runtime,
  address: string | null,
): Promise<void> {
  const { gate, hub } = await agentApiOf(runtime);
  const actor = await gate.admit({ authorization: request.headers.authorization ?? null, address });
  if (response.destroyed) return;
  request.socket.setKeepAlive(true, 60_000);
  // The end of the connection is the end of the stream: no framing of each event, nothing kept for a next request.
  response.useChunkedEncodingByDefault = false;
  response.shouldKeepAlive = false;
  response.writeHead(200, STREAM_HEADERS);
  const connection = hub.connect(actor.agentId, createNodeSink(response));
  response.once("close", () => hub.disconnect(connection));
}

function createNodeSink(response: ServerResponse): Sink {
  return {
    write: (chunk) => {
      if (!response.writableEnded && !response.destroyed) response.write(chunk);
    },
    pendingBytes: () => response.writableLength,
    end: () => {
      response.end();
    },
    destroy: () => {
      response.destroy();
    },
  };
}

function toWebRequest(request: IncomingMessage, path: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const each of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, each);
  }
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  return new Request(`http://agent-api${path}`, {
    method: request.method ?? "GET",
    headers,
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream<Uint8Array>, duplex: "half" } : {}),
  } as RequestInit);
}

async function answerWith(answer: Response, response: ServerResponse): Promise<void> {
  finish(response, {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: await answer.text(),
  });
}

function finish(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  // An answer that came before the whole body was read ends the connection; the rest is not another request.
  if (!response.req.complete) response.setHeader("connection", "close");
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

/** The other end of the socket, in a form that the database takes as an address. */
function addressOf(request: IncomingMessage): string | null {
  const address = request.socket.remoteAddress?.split("%", 1)[0] ?? "";
  return isIP(address) === 0 ? null : address;
}
