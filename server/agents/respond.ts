import type { Logger } from "@/server/ports/logger";
import { AgentError, type AgentErrorCode } from "@/server/services/agents/agent-error";
import { ServiceError } from "@/server/services/errors";
import { describeFault } from "./describe-fault";
import { TooManyRequests } from "./rate-limit";

const statuses: Record<AgentErrorCode, number> = {
  "bad-request": 400,
  "body-too-large": 413,
  "bad-enrollment-key": 401,
  unauthorized: 401,
  revoked: 403,
  "unknown-job": 404,
  "already-started": 409,
  "job-cancelled": 409,
  "job-expired": 409,
  "stale-fence": 409,
  "job-ended": 409,
  "too-many-requests": 429,
  unavailable: 503,
  internal: 500,
};

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };

export function answerJson(body: unknown, status = 200): Answer {
  return { status, headers, body: JSON.stringify(body) };
}

export function answerError(code: AgentErrorCode, message: string, status = statuses[code]): Answer {
  return answerJson({ error: { code, message: message.slice(0, 1000) } }, status);
}

/** What an agent gets to hear of an error. Faults are logged, and told only that they happened. */
export function answerFailure(error: unknown, logger: Logger): Answer {
  if (error instanceof TooManyRequests) {
    const answer = answerError(error.agentCode, error.message);
    return { ...answer, headers: { ...answer.headers, "retry-after": String(error.retryAfterSeconds) } };
  }
  if (error instanceof AgentError) return answerError(error.agentCode, error.message);
  if (error instanceof ServiceError && error.code === "bad-input") return answerError("bad-request", error.message);
  logger.error({ err: describeFault(error) }, "a request of an agent failed");
  return answerError("internal", "Something went wrong in the server; it was logged there. Try again later.");
}
