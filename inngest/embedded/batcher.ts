/**
 * Gathers what is written while a write is under way into the next one: many runs share a round trip and a commit,
 * and a single one waits for nothing. When a batch fails, its items are tried one by one, so that one that cannot be
 * written harms nobody else.
 * @param write gets distinct items and answers one result each, in order.
 */
export function createBatcher<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  options: { maxItems: number; keyOf?: (item: Item) => string },
): (item: Item) => Promise<Result> {
  interface Entry {
    item: Item;
    resolve(result: Result): void;
    reject(error: unknown): void;
  }
  let waiting: Entry[] = [];
  let writing = false;

  /** Takes the next batch; two items with one key never share it, for they touch the same row. */
  const take = (): Entry[] => {
    const batch: Entry[] = [];
    const rest: Entry[] = [];
    const keys = new Set<string>();
    for (const entry of waiting) {
      const key = options.keyOf?.(entry.item);
      if (batch.length >= options.maxItems || (key !== undefined && keys.has(key))) rest.push(entry);
      else batch.push(entry);
      if (key !== undefined) keys.add(key);
    }
    waiting = rest;
    return batch;
  };

  const writeBatch = async (batch: Entry[]): Promise<void> => {
    try {
      const results = await write(batch.map((entry) => entry.item));
      batch.forEach((entry, index) => {
        const result = results[index];
        if (index < results.length) entry.resolve(result as Result);
        else entry.reject(new Error("A batch answered with too few results"));
      });
    } catch (error) {
      if (batch.length > 1) for (const entry of batch) await writeBatch([entry]);
      else batch[0]?.reject(error);
    }
  };

  const drain = async () => {
    writing = true;
    // A turn of the event loop lets everything that is ready now join the first batch.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await writeBatch(take());
    writing = false;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!writing) void drain();
    });
}
