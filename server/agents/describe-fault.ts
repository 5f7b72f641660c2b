/**
 * What may be logged of an unexpected error. A database driver puts the statement's values into its messages, and those
 * may be output, facts or secrets: of such an error only the database's own code and message are kept.
 */
export function describeFault(error: unknown): { message: string; code?: string; stack?: string } {
  if (!(error instanceof Error)) return { message: "Something that is not an error was thrown." };
  if (error.cause === undefined) return { message: error.message, ...(error.stack ? { stack: error.stack } : {}) };
  const { cause } = error;
  const message = cause instanceof Error ? cause.message : "A statement failed.";
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : undefined;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return { message, ...(code ? { code } : {}), ...(frames ? { stack: frames.join("\n") } : {}) };
}
