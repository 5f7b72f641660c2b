/** Cheap random values from one number, so that a property can run a great many cases and still be repeated. */
export interface Random {
  /** An integer from 0 up to, not including, `below`. */
  readonly int: (below: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(values: readonly [T, ...T[]]) => T;
  readonly shuffle: <T>(values: readonly T[]) => T[];
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (values) => values[int(values.length)] ?? values[0],
    shuffle: (values) => {
      const result = [...values];
      for (let index = result.length - 1; index > 0; index--) {
        const other = int(index + 1);
        const [a, b] = [result[index], result[other]];
        if (a !== undefined && b !== undefined) {
          result[index] = b;
          result[other] = a;
        }
      }
      return result;
    },
  };
}
