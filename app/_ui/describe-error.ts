import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/root";

export interface DescribedError {
  /** What went wrong, as the server says it. */
  readonly why: string;
  readonly todo: string;
  /** Messages by field of the input. */
  readonly fields: Readonly<Record<string, string>>;
  readonly code: string | null;
}

/** An error in words for the person who caused or met it. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof TRPCClientError) {
    const { data, message } = error as TRPCClientError<AppRouter>;
    if (!data) {
      return {
        why: "The server did not answer.",
        todo: "Check your connection; nothing you typed is lost.",
        fields: {},
        code: null,
      };
    }
    const todo = data.code === "UNAUTHORIZED" ? "Sign in again in another tab, then repeat it here." : "";
    return { why: message, todo, fields: data.fields ?? {}, code: data.reason ?? data.code };
  }
  return {
    why: "Something unexpected happened in the page.",
    todo: "Reload it; if it stays, tell your administrator.",
    fields: {},
    code: null,
  };
}
