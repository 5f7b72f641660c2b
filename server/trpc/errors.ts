import { TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";
import { ZodError } from "zod";
import { ServiceError, type ServiceErrorCode } from "@/server/services/errors";
import { badInput } from "@/server/services/parse";

const codes: Record<ServiceErrorCode, TRPC_ERROR_CODE_KEY> = {
  "bad-input": "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  "too-late": "PRECONDITION_FAILED",
  unavailable: "SERVICE_UNAVAILABLE",
};

/** What the console shows for a fault: what is inside it is for the log. */
export const FAULT_SENTENCE = "Something went wrong on our side. Try again; if it stays, tell your administrator.";

/** The expected refusal behind an error of a procedure, or undefined for a fault. */
export function serviceErrorOf(error: TRPCError): ServiceError | undefined {
  if (error.cause instanceof ServiceError) return error.cause;
  if (error.cause instanceof ZodError && error.code === "BAD_REQUEST") return badInput(error.cause);
  return undefined;
}

/** A service's refusal with the code that tRPC has for it. */
export function toTrpcError(error: ServiceError): TRPCError {
  return new TRPCError({ code: codes[error.code], message: error.message, cause: error });
}
