import { z } from "zod";
import type { ServiceContext } from "./context";
import { ServiceError } from "./errors";

/** Checks a verb's input. What is wrong is told by field, in words for the person who sent it. */
export function parseInput<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw badInput(parsed.error);
}

/** A failed check as an expected refusal. */
export function badInput(error: z.ZodError | z.core.$ZodError): ServiceError {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  const sentence = Object.entries(fields)
    .map(([field, message]) => (field === "" ? message : `${field}: ${message}`))
    .join("; ");
  return new ServiceError("bad-input", `That input is not usable. ${sentence}.`, fields);
}

/** What every verb is called with: who asks, and what for. */
export interface Call<S extends z.ZodType> {
  readonly ctx: ServiceContext;
  readonly input: z.input<S>;
}

export const idInput = z.strictObject({ id: z.number().int().positive() });
