import type { Prerequisite } from "./types";

/**
 * The cycle that saving a prerequisite would close, as item ids from the item back to itself (`[1, 2, 1]`);
 * null when there is none. `edge` replaces the stored prerequisite of the same id.
 */
export function findCycle(prerequisites: readonly Prerequisite[], edge: Prerequisite): number[] | null {
  throw new Error(`not written yet: ${prerequisites.length} ${edge.id}`);
}
