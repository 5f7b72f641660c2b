/** Why a service refused. The router, the REST API and the agent API each map it to their own status. */
export type ServiceErrorCode =
  | "bad-input"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "too-late"
  | "unavailable";

/**
 * An expected refusal. `message` is for the person who asked: what was wrong and what to do.
 * Anything else that is thrown is a fault: logged with its cause, shown as a generic sentence.
 */
export class ServiceError extends Error {
  constructor(
    readonly code: ServiceErrorCode,
    message: string,
    /** Messages by field of the input, for forms. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "ServiceError";
  }
}

export const notFound = (what: string) =>
  new ServiceError("not-found", `${what} does not exist, or you may not see it.`);

/** The database's own code (`23505`: unique) behind a driver error; undefined for anything else. */
export function databaseErrorCode(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}
