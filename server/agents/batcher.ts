interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (answer: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what comes in while earlier work is under way and does it together: one item alone goes at once, a thousand
 * that come at once go with a few statements. `run` answers one value for each item, in order.
 */
export function createBatcher<T, R>(run: (items: readonly T[]) => Promise<readonly R[]>, largestBatch: number) {
  let waiting: Waiting<T, R>[] = [];
  let working = false;

  async function work() {
    working = true;
    // What arrives in the same turn of the event loop belongs together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, largestBatch);
      waiting = waiting.slice(largestBatch);
      try {
        const answers = await run(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, at) => {
          resolve(answers[at] as R);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    working = false;
  }

  return {
    add(item: T): Promise<R> {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (!working) void work();
      });
    },
  };
}

export type Batcher<T, R> = ReturnType<typeof createBatcher<T, R>>;
