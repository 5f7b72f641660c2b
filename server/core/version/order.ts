/** The sign of a comparison. */
export type Sign = -1 | 0 | 1;

export const sign = (difference: number): Sign => (difference < 0 ? -1 : difference > 0 ? 1 : 0);

/** Plain text order by code unit: the same on every machine, whatever its locale. */
export const compareText = (a: string, b: string): Sign => (a < b ? -1 : a > b ? 1 : 0);

export const compareBigints = (a: bigint, b: bigint): Sign => (a < b ? -1 : a > b ? 1 : 0);

/** Number by number; a missing one is zero. */
export function compareNumberLists(a: readonly bigint[], b: readonly bigint[]): Sign {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const order = compareBigints(a[index] ?? 0n, b[index] ?? 0n);
    if (order !== 0) return order;
  }
  return 0;
}
