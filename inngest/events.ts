/**
 * Every event of the product with its payload. Names are `noun/verb.past`; ids are made by the services that emit them
 * and are deterministic, so that sending one twice is harmless.
 */
import { z } from "zod";

const id = z.number().int();

export const events = {
  /** A session was created and wants to run. Id: `session/requested/<sessionId>`. */
  "session/requested": z.object({ sessionId: id, computerId: id.nullable(), tenantId: id, priority: z.number().int() }),
  /**
   * The user or a technician moved, hurried or called off a session; `turn`: the computer it waited for is its own now.
   * Id: `session/changed/<sessionId>/<id of the session's event row>`.
   */
  "session/changed": z.object({
    sessionId: id,
    change: z.enum(["postponed", "run-now", "cancelled", "turn"]),
  }),
  /** A job reached its end: finished, interrupted, cancelled, expired or refused. Id: `agent/job.finished/<jobId>`. */
  "agent/job.finished": z.object({ jobId: z.string(), status: z.string() }),
  /** An agent's stream opened. */
  "agent/connected": z.object({ agentId: z.string(), computerId: id }),
  /** An agent enrolled and wants to be identified. */
  "agent/enrolled": z.object({ agentId: z.string() }),
  /** A mail stands in the outbox and wants to be sent. Id: `email/queued/<emailId>`. */
  "email/queued": z.object({ emailId: z.string() }),
  /** A schedule was created, changed, disabled, deleted or restored. */
  "schedule/changed": z.object({ scheduleId: id, changedAtMs: z.number() }),
  /**
   * What was due of a schedule up to a moment is settled; plan what comes after it.
   * Id: `schedule/continued/<scheduleId>/<changedAtMs>/<settledUntilMs before it>`, so that a repeat makes no second plan.
   */
  "schedule/continued": z.object({ scheduleId: id, changedAtMs: z.number(), settledUntilMs: z.number() }),
} as const;

export type EventName = keyof typeof events;
export type EventPayloads = { [N in EventName]: z.infer<(typeof events)[N]> };
