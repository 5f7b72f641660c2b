import { expect, it } from "vitest";
import { createAttempts } from "./attempts";

function scene() {
  let nowMs = 0;
  const attempts = createAttempts({ now: () => new Date(nowMs), setTimer: () => () => {} });
  const fail = (address: string, times: number) => {
    for (let n = 0; n < times; n += 1) attempts.failed(address);
  };
  return { attempts, fail, pass: (minutes: number) => (nowMs += minutes * 60_000) };
}

it("an address has five tries in a quarter of an hour, and others are not kept waiting", () => {
  const { attempts, fail, pass } = scene();
  fail("a", 4);
  expect(attempts.waitMs("a")).toBe(0);
  pass(5);
  fail("a", 1);
  expect(attempts.waitMs("a")).toBe(10 * 60_000);
  expect(attempts.waitMs("b")).toBe(0);
  pass(10);
  expect(attempts.waitMs("a")).toBe(0);
});

it("the right password ends the count", () => {
  const { attempts, fail } = scene();
  fail("a", 4);
  attempts.succeeded("a");
  fail("a", 4);
  expect(attempts.waitMs("a")).toBe(0);
});

it("a hundred failures from made-up addresses hold everybody", () => {
  const { attempts, fail } = scene();
  for (let n = 0; n < 100; n += 1) fail(`10.0.0.${n}`, 1);
  expect(attempts.waitMs("fresh")).toBeGreaterThan(0);
});
