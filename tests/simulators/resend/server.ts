import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isError, type ResendError, readMail, type SentMail } from "./validate";

export interface AcceptedMail extends SentMail {
  readonly id: string;
  readonly idempotencyKey: string | null;
}

/** What one of the next requests meets instead of its answer. */
export type Trouble =
  | { readonly kind: "error"; readonly error: ResendError; readonly headers?: Readonly<Record<string, string>> }
  /** The mail is accepted, and the connection breaks before the answer is through. */
  | { readonly kind: "lost-answer" }
  /** An answer that is no JSON, as a proxy in between gives it. */
  | { readonly kind: "garbage"; readonly status: number }
  /** The request is held, unanswered, until the promise resolves. */
  | { readonly kind: "held"; readonly until: Promise<void> };

export interface ResendSimulator {
  readonly url: string;
  readonly accepted: readonly AcceptedMail[];
  readonly requestCount: () => number;
  /** What the next requests meet, in order; after that all is well again. */
  meets(...troubles: Trouble[]): void;
  /** Forgets everything. */
  reset(): void;
  close(): Promise<void>;
}

interface Options {
  readonly apiKey: string;
  readonly verifiedDomains: readonly string[];
  /** Requests a second before 429; without it there is no limit. */
  readonly requestsPerSecond?: number;
  readonly now?: () => Date;
}

interface Remembered {
  readonly bodyHash: string;
  /** Null while the first request is being worked on. */
  readonly answer: unknown;
  readonly at: number;
}

const KEPT_MS = 24 * 3_600_000;

/** Resend's sending API as documented and as its OpenAPI description has it: what is needed to try a client on. */
export async function startResendSimulator(options: Options): Promise<ResendSimulator> {
  const accepted: AcceptedMail[] = [];
  const remembered = new Map<string, Remembered>();
  const troubles: Trouble[] = [];
  const now = options.now ?? (() => new Date());
  let requestCount = 0;
  let window = { second: 0, count: 0 };

  const rateLimit = (): { error: ResendError; headers: Record<string, string> } | null => {
    if (options.requestsPerSecond === undefined) return null;
    const second = Math.floor(now().getTime() / 1000);
    window = window.second === second ? { second, count: window.count + 1 } : { second, count: 1 };
    if (window.count <= options.requestsPerSecond) return null;
    const headers = {
      "ratelimit-limit": String(options.requestsPerSecond),
      "ratelimit-remaining": "0",
      "ratelimit-reset": "1",
      "retry-after": "1",
    };
    return { error: { statusCode: 429, name: "rate_limit_exceeded", message: "Too many requests." }, headers };
  };

  const authenticate = (request: IncomingMessage): ResendError | null => {
    const given = request.headers.authorization;
    if (!given)
      return { statusCode: 401, name: "missing_api_key", message: "Missing API key in the authorization header" };
    if (given !== `Bearer ${options.apiKey}`)
      return { statusCode: 403, name: "invalid_api_key", message: "API key is invalid" };
    return null;
  };

  const accept = (mails: readonly SentMail[], idempotencyKey: string | null) =>
    mails.map((mail) => {
      const made = { ...mail, id: randomUUID(), idempotencyKey };
      accepted.push(made);
      return { id: made.id };
    });

  /** `POST /emails` and `POST /emails/batch`; strict: one bad mail and none is sent. */
  const send = (path: string, body: unknown, key: string | null, isPermissive: boolean): unknown | ResendError => {
    if (path === "/emails") {
      const mail = readMail(body, options.verifiedDomains);
      return isError(mail) ? mail : accept([mail], key)[0];
    }
    if (!Array.isArray(body) || body.length === 0 || body.length > 100) {
      return { statusCode: 422, name: "validation_error", message: "A batch holds 1 to 100 emails." };
    }
    const read = body.map((each) => readMail(each, options.verifiedDomains));
    const firstError = read.find(isError);
    if (firstError && !isPermissive) return firstError;
    const errors = read.flatMap((each, index) => (isError(each) ? [{ index, message: each.message }] : []));
    const data = accept(
      read.filter((each): each is SentMail => !isError(each)),
      key,
    );
    return isPermissive ? { data, errors } : { data };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    requestCount++;
    const text = await readBody(request);
    const trouble = troubles.shift();
    const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
    };
    const refuse = (error: ResendError, headers?: Readonly<Record<string, string>>) =>
      answer(error.statusCode, error, headers);
    if (trouble?.kind === "error") return refuse(trouble.error, trouble.headers);
    if (trouble?.kind === "garbage") return response.writeHead(trouble.status).end("<html>Bad gateway</html>");

    const unauthorized = authenticate(request);
    if (unauthorized) return refuse(unauthorized);
    const limited = rateLimit();
    if (limited) return refuse(limited.error, limited.headers);
    const path = new URL(request.url ?? "/", "http://resend.test").pathname;
    if (request.method === "GET") {
      const found = accepted.find((mail) => path === `/emails/${mail.id}`);
      if (!found) return refuse({ statusCode: 404, name: "not_found", message: "Email not found" });
      return answer(200, { object: "email", ...found, last_event: "sent" });
    }
    if (path !== "/emails" && path !== "/emails/batch") {
      return refuse({ statusCode: 404, name: "not_found", message: "The requested endpoint does not exist" });
    }
    if (request.method !== "POST") {
      return refuse({
        statusCode: 405,
        name: "method_not_allowed",
        message: "Method is not allowed for the requested path",
      });
    }
    const body = parseJson(text);
    if (body === undefined)
      return refuse({ statusCode: 400, name: "validation_error", message: "The body is not JSON." });

    const key = request.headers["idempotency-key"]?.toString() ?? null;
    if (key !== null && (key.length === 0 || key.length > 256)) {
      const message = "The key must be between 1-256 chars.";
      return refuse({ statusCode: 400, name: "invalid_idempotency_key", message });
    }
    const bodyHash = createHash("sha256").update(text).digest("hex");
    const earlier = key === null ? undefined : remembered.get(key);
    if (earlier && now().getTime() - earlier.at < KEPT_MS) {
      if (earlier.bodyHash !== bodyHash) {
        const message = "Same idempotency key used with a different request payload.";
        return refuse({ statusCode: 409, name: "invalid_idempotent_request", message });
      }
      if (earlier.answer !== null) return answer(200, earlier.answer);
      const message = "Same idempotency key used while original request is still in progress.";
      return refuse({ statusCode: 409, name: "concurrent_idempotent_requests", message });
    }
    if (key !== null) remembered.set(key, { bodyHash, answer: null, at: now().getTime() });
    if (trouble?.kind === "held") await trouble.until;
    const made = send(path, body, key, request.headers["x-batch-validation"] === "permissive");
    if (isRefusal(made)) {
      if (key !== null) remembered.delete(key);
      return refuse(made);
    }
    if (key !== null) remembered.set(key, { bodyHash, answer: made, at: now().getTime() });
    if (trouble?.kind === "lost-answer") return response.destroy();
    answer(200, made);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The simulator has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    accepted,
    requestCount: () => requestCount,
    meets: (...next) => {
      troubles.push(...next);
    },
    reset() {
      accepted.length = 0;
      troubles.length = 0;
      remembered.clear();
      requestCount = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const isRefusal = (made: unknown): made is ResendError =>
  typeof made === "object" && made !== null && "statusCode" in made;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
