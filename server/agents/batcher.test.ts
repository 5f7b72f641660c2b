import { expect, it } from "vitest";
import { createBatcher } from "./batcher";

it("does together what comes together, and answers each its own", async () => {
  const batches: number[][] = [];
  const batcher = createBatcher<number, number>(async (items) => {
    batches.push([...items]);
    return items.map((item) => item * 2);
  }, 400);
  const asked = Array.from({ length: 1000 }, (_, n) => n);
  const answers = await Promise.all(asked.map((n) => batcher.add(n)));
  expect(answers).toStrictEqual(asked.map((n) => n * 2));
  expect(batches.map((batch) => batch.length)).toStrictEqual([400, 400, 200]);
  expect(batches.flat()).toStrictEqual(asked);
});

it("gathers what arrives while it works", async () => {
  const sizes: number[] = [];
  let release = () => {};
  const batcher = createBatcher<string, void>(async (items) => {
    sizes.push(items.length);
    if (sizes.length === 1) await new Promise<void>((resolve) => (release = resolve));
    return [];
  }, 100);
  const first = batcher.add("a");
  await new Promise((resolve) => setImmediate(resolve));
  const others = ["b", "c", "d"].map((item) => batcher.add(item));
  release();
  await Promise.all([first, ...others]);
  expect(sizes).toStrictEqual([1, 3]);
});

it("fails a batch alone, and goes on with the next", async () => {
  const batcher = createBatcher<string, string>(async (items) => {
    if (items.includes("bad")) throw new Error("no");
    return items;
  }, 1);
  const [bad, good] = await Promise.allSettled([batcher.add("bad"), batcher.add("good")]);
  expect(bad).toMatchObject({ status: "rejected" });
  expect(good).toStrictEqual({ status: "fulfilled", value: "good" });
  await expect(batcher.add("later")).resolves.toBe("later");
});
