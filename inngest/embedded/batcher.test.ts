import { describe, expect, it } from "vitest";
import { createBatcher } from "./batcher";

describe("createBatcher", () => {
  it("writes what waits together, and gives each its own result", async () => {
    const batches: number[][] = [];
    const write = createBatcher<number, number>(
      async (items) => {
        batches.push(items);
        return items.map((item) => item * 10);
      },
      { maxItems: 3 },
    );
    expect(await Promise.all([1, 2, 3, 4].map(write))).toEqual([10, 20, 30, 40]);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it("lets one that cannot be written harm no other", async () => {
    const write = createBatcher<string, string>(
      async (items) => {
        if (items.includes("bad")) throw new Error("cannot be written");
        return items;
      },
      { maxItems: 10 },
    );
    const results = await Promise.allSettled(["a", "bad", "b"].map(write));
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("never puts two of one key in a batch, and keeps their order", async () => {
    const batches: string[][] = [];
    const write = createBatcher<string, string>(
      async (items) => {
        batches.push(items);
        return items;
      },
      { maxItems: 10, keyOf: (item) => item.slice(0, 1) },
    );
    await Promise.all(["a1", "b1", "a2", "a3", "c1", "b2"].map(write));
    expect(batches).toEqual([["a1", "b1", "c1"], ["a2", "b2"], ["a3"]]);
  });
});
