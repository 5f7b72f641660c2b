import { expect, it } from "vitest";
import type { Clock } from "@/server/ports/clock";
import { createFailureLimit, TooManyRequests } from "./rate-limit";

function limitAt() {
  let nowMs = 0;
  const clock: Clock = { now: () => new Date(nowMs), setTimer: () => () => {} };
  return {
    limit: createFailureLimit(clock),
    wait: (seconds: number) => {
      nowMs += seconds * 1000;
    },
  };
}

it("allows twenty wrong tries at once, then says how long to wait, then one each three seconds", () => {
  const { limit, wait } = limitAt();
  for (let n = 0; n < 20; n++) {
    limit.check("a");
    limit.failed("a");
  }
  expect(() => limit.check("a")).toThrow(new TooManyRequests(3));
  wait(3);
  limit.check("a");
  limit.failed("a");
  expect(() => limit.check("a")).toThrow(TooManyRequests);
  wait(60);
  limit.check("a");
});

it("counts each address for itself, and those without one together", () => {
  const { limit } = limitAt();
  for (let n = 0; n < 20; n++) limit.failed(null);
  expect(() => limit.check(null)).toThrow(TooManyRequests);
  limit.check("b");
});

it("forgets the oldest addresses rather than growing without end", () => {
  const { limit } = limitAt();
  for (let n = 0; n < 20; n++) limit.failed("first");
  for (let n = 0; n < 10_000; n++) limit.failed(`other ${n}`);
  limit.check("first");
});
