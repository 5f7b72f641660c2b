/**
 * Exponential back-off with full jitter: a whole fleet that lost its server comes back spread over the window.
 *
 * @param attempt failures so far in a row, from 1
 * @param random in [0, 1)
 * @returns milliseconds to wait: uniformly in [0, min(maxMs, firstMs · 2^(attempt − 1)))
 */
export function backoffMs({
  attempt,
  firstMs,
  maxMs,
  random,
}: {
  attempt: number;
  firstMs: number;
  maxMs: number;
  random: number;
}): number {
  const windowMs = Math.min(maxMs, firstMs * 2 ** Math.min(30, Math.max(0, attempt - 1)));
  return Math.floor(random * windowMs);
}

/** `Retry-After` in seconds or as an HTTP date → milliseconds from `now`; `null` when absent or unreadable. Capped at one hour. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const trimmed = header.trim();
  const delay = /^\d+$/.test(trimmed) ? Number(trimmed) * 1000 : Date.parse(trimmed) - now;
  return Number.isNaN(delay) ? null : Math.min(Math.max(0, delay), 3_600_000);
}
