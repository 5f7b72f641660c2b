import { z } from "zod";
import { AgentError } from "@/server/services/agents/agent-error";

const PREFIX = "/api/agent/v1/";

export type Route =
  | { readonly name: "enroll" }
  | { readonly name: "check-in" }
  | { readonly name: "stream" }
  | { readonly name: "start" | "results"; readonly jobId: string }
  | { readonly name: "not-found"; readonly status: 404 | 405; readonly message: string };

/** Which verb of the protocol a request asks for. Throws `unknown-job` for a job id that cannot be one. */
export function matchRoute(method: string, path: string): Route {
  const parts = path.startsWith(PREFIX) ? path.slice(PREFIX.length).split("/") : [];
  const [first = "", jobId = "", verb = ""] = parts;
  const wanted = first === "stream" ? "GET" : "POST";
  const isPlain = parts.length === 1 && (first === "enroll" || first === "check-in" || first === "stream");
  const isJob = parts.length === 3 && first === "jobs" && (verb === "start" || verb === "results");
  if (!isPlain && !isJob) {
    return { name: "not-found", status: 404, message: "There is no such address in the agent API." };
  }
  if (method !== wanted) return { name: "not-found", status: 405, message: `This address takes ${wanted} only.` };
  if (isPlain) return { name: first };
  if (!z.uuid().safeParse(jobId).success) throw new AgentError("unknown-job", "There is no such job for this agent.");
  return { name: verb === "start" ? "start" : "results", jobId };
}
