import type { Secrets } from "@/server/ports/secrets";
import { jobSecrets } from "./create-job";

/** Shorter values would cut ordinary words to pieces and hide nothing. */
const SHORTEST_SECRET = 4;

/**
 * Cuts a job's secret parameter values out of what it brought. Agents do this where the output arises; this holds for an
 * agent that did not. A value that is split between two chunks of output is not found here.
 */
export function redactSecrets(secrets: Secrets, encrypted: string | null): <T>(value: T) => T {
  if (encrypted === null) return (value) => value;
  const values = Object.values(jobSecrets.parse(JSON.parse(secrets.decrypt(encrypted))))
    .flatMap((parameters) => Object.values(parameters))
    .filter((value) => value.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
  const redact = (value: unknown): unknown => {
    if (typeof value === "string") return values.reduce((text, secret) => text.replaceAll(secret, "••••"), value);
    if (Array.isArray(value)) return value.map(redact);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redact(each)]));
    }
    return value;
  };
  return <T>(value: T) => redact(value) as T;
}
