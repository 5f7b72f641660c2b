import { describe, expect, it } from "vitest";
import { backoffMs, parseDurationMs, parseMomentMs, parseRetryAfterMs } from "./durations";

describe("durations", () => {
  it.each([
    ["10s", 10_000],
    ["1h30m", 5_400_000],
    ["1w2d3h4m5s", 788_645_000],
    ["250ms", 250],
    ["", 0],
    ["ten seconds", undefined],
    ["10", undefined],
    ["-5s", undefined],
  ])("%j is %j ms", (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it("a moment is a duration from now, or a date", () => {
    expect(parseMomentMs("1m", 1000)).toBe(61_000);
    expect(parseMomentMs("1970-01-01T00:00:05.000Z", 1000)).toBe(5000);
    expect(parseMomentMs("soon", 1000)).toBeUndefined();
  });

  it("retry-after is seconds, or a date", () => {
    expect(parseRetryAfterMs("30", 1000)).toBe(31_000);
    expect(parseRetryAfterMs("1970-01-01T00:00:05.000Z", 1000)).toBe(5000);
  });

  it("a back-off grows to two hours and is the same for the same run", () => {
    const waits = Array.from({ length: 12 }, (_, attempt) => backoffMs(attempt, "run"));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBeLessThanOrEqual(7_200_000 * 1.15);
    expect(backoffMs(3, "run")).toBe(waits[3]);
  });
});
