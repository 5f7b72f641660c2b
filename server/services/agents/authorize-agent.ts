import type { Actor, ServiceContext } from "../context";
import { AgentError } from "./agent-error";

export type AgentActor = Extract<Actor, { kind: "agent" }>;

/** The agent that asks. What agents do for themselves, nobody else does for them. */
export function authorizeAgent(ctx: ServiceContext): AgentActor {
  if (ctx.actor.kind !== "agent") throw new AgentError("unauthorized", "Only an agent does this, for itself.");
  return ctx.actor;
}
