import type { z } from "zod";
import type { errorResponse } from "@/server/agents/wire";
import { ServiceError, type ServiceErrorCode } from "../errors";

/** The stable codes of the agent protocol. */
export type AgentErrorCode = z.infer<typeof errorResponse>["error"]["code"];

const serviceCodes: Record<AgentErrorCode, ServiceErrorCode> = {
  "bad-request": "bad-input",
  "body-too-large": "bad-input",
  "bad-enrollment-key": "unauthenticated",
  unauthorized: "unauthenticated",
  revoked: "forbidden",
  "unknown-job": "not-found",
  "already-started": "conflict",
  "job-cancelled": "conflict",
  "job-expired": "too-late",
  "stale-fence": "conflict",
  "job-ended": "too-late",
  "too-many-requests": "unavailable",
  unavailable: "unavailable",
  internal: "unavailable",
};

/** An expected refusal of something an agent asked, with the code that the protocol promises. */
export class AgentError extends ServiceError {
  constructor(
    readonly agentCode: AgentErrorCode,
    message: string,
    fields: Readonly<Record<string, string>> = {},
  ) {
    super(serviceCodes[agentCode], message, fields);
    this.name = "AgentError";
  }
}
