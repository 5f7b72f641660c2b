import type { z } from "zod";
import { AgentError } from "./agent-error";

const MAX_PROBLEMS = 10;

/** Checks what an agent sent. Says which fields are wrong; the agent API's answer to that is `bad-request`. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "body"] ??= issue.message;
  const told = Object.entries(fields).slice(0, MAX_PROBLEMS);
  throw new AgentError("bad-request", clip(told.map(([field, problem]) => `${field}: ${problem}`).join("; ")), fields);
}

const clip = (text: string) => (text.length > 900 ? `${text.slice(0, 900)}…` : text);
