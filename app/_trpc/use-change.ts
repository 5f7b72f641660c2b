"use client";

import { type UseMutationOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { describeError } from "@/app/_ui/describe-error";
import { toast } from "@/app/_ui/toast";

interface Told<Output, Input> {
  /** Said when it is done; null says nothing. */
  done: string | ((output: Output, input: Input) => string) | null;
  /** "The session was not cancelled." */
  failed: string;
  onDone?: (output: Output, input: Input) => void;
  /** Keeps quiet on failure: the form itself shows what is wrong. */
  quiet?: boolean;
}

/**
 * A mutation that says how it went, and makes everything on the page be read again. What was typed stays: only the
 * caller clears a form.
 */
export function useChange<Output, Input, Failure, Context>(
  options: UseMutationOptions<Output, Failure, Input, Context>,
  { done, failed, onDone, quiet = false }: Told<Output, Input>,
) {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    ...options,
    onSuccess: async (output: Output, input: Input) => {
      const said = typeof done === "function" ? done(output, input) : done;
      if (said !== null) toast.success(said);
      onDone?.(output, input);
      await queryClient.invalidateQueries();
    },
    onError: (error: Failure) => {
      if (quiet) return;
      const { why, todo } = describeError(error);
      toast.error(failed, { description: `${why} ${todo}`.trim() });
    },
  });
  return { ...mutation, problem: mutation.error ? describeError(mutation.error) : null };
}
