import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../harness/virtual-clock";

describe("a virtual clock", () => {
  it("runs what falls due in order, also what was set on the way", async () => {
    const clock = createVirtualClock(new Date(0));
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name} ${clock.now().getTime()}`);
    clock.setTimer(20, note("b"));
    clock.setTimer(10, () => {
      note("a")();
      clock.setTimer(15, note("set on the way"));
    });
    clock.setTimer(30, note("later"));
    clock.setTimer(12, note("called off"))();
    await clock.advance(25);
    expect(seen).toEqual(["a 10", "set on the way 15", "b 20"]);
    expect(clock.now().getTime()).toBe(25);
  });
});
