const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of a duration as the SDK writes them: `1h30m`, `10s`, `2w`; nothing is no time at all. */
export function parseDurationMs(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhdw]))*$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  }
  return total;
}

/** The moment, in epoch milliseconds, that a duration from now or an ISO date stands for. */
export function parseMomentMs(text: string, nowMs: number): number | undefined {
  const durationMs = parseDurationMs(text);
  if (durationMs !== undefined) return nowMs + durationMs;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** The moment a `retry-after` header names: seconds from now, or a date. */
export function parseRetryAfterMs(header: string, nowMs: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(header.trim())) return nowMs + Number(header) * 1000;
  return parseMomentMs(header.trim(), nowMs);
}

/** Waits between attempts, as Inngest has them. */
const BACKOFF_SECONDS = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200];

/** How long to wait after failed attempt number `attempt` (from 0); up to 15 % more, spread by `seed`. */
export function backoffMs(attempt: number, seed: string): number {
  const seconds = BACKOFF_SECONDS[Math.min(attempt, BACKOFF_SECONDS.length - 1)] ?? 15;
  let spread = 0;
  for (const character of seed) spread = (spread * 31 + character.charCodeAt(0)) % 1000;
  return Math.round(seconds * 1000 * (1 + (0.15 * spread) / 1000));
}
