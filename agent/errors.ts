/** Exit codes of the `evenkeel-agent` command; part of its interface, listed by `--help`. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  notEnrolled: 3,
  refused: 4,
  unreachable: 5,
  state: 6,
  unsupported: 7,
} as const;

/** An expected failure: one sentence for a person, and the exit code that goes with it. */
export class AgentError extends Error {
  constructor(
    readonly kind: Exclude<keyof typeof exitCodes, "ok">,
    message: string,
  ) {
    super(message);
    this.name = "AgentError";
  }

  get exitCode(): number {
    return exitCodes[this.kind];
  }
}

/** The system's error code (`ENOENT`, `ECONNRESET` …) of anything thrown; `null` where there is none. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
