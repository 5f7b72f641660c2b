import type { Clock } from "@/server/ports/clock";
import { AgentError } from "@/server/services/agents/agent-error";

const ALLOWED_FAILURES = 20;
const REFILL_SECONDS = 3;
const MAX_ADDRESSES = 10_000;

/** Tells how long to wait beside the refusal. */
export class TooManyRequests extends AgentError {
  constructor(readonly retryAfterSeconds: number) {
    super(
      "too-many-requests",
      `Too many wrong keys or secrets from this address. Try again in ${retryAfterSeconds} s.`,
    );
  }
}

/**
 * Slows down whoever tries keys and secrets: twenty wrong ones, then one every three seconds. Counted by address, in
 * this process only; what is right costs nothing.
 */
export function createFailureLimit(clock: Clock) {
  /** When each address will have worked off its failures, epoch milliseconds; oldest entries first. */
  const clearAt = new Map<string, number>();
  const debt = (address: string) => Math.max(0, (clearAt.get(address) ?? 0) - clock.now().getTime());

  return {
    /** Throws {@link TooManyRequests} when this address has no try left. */
    check(address: string | null): void {
      const excessMs = debt(address ?? "") - (ALLOWED_FAILURES - 1) * REFILL_SECONDS * 1000;
      if (excessMs > 0) throw new TooManyRequests(Math.ceil(excessMs / 1000));
    },
    /** Counts a wrong key or secret. */
    failed(address: string | null): void {
      const key = address ?? "";
      const until = clock.now().getTime() + debt(key) + REFILL_SECONDS * 1000;
      clearAt.delete(key);
      clearAt.set(key, until);
      if (clearAt.size > MAX_ADDRESSES) {
        const [oldest] = clearAt.keys();
        if (oldest !== undefined) clearAt.delete(oldest);
      }
    },
  };
}

export type FailureLimit = ReturnType<typeof createFailureLimit>;
