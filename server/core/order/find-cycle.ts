import { shortestPath } from "./cycles";
import type { Prerequisite } from "./types";

type State = "installed" | "uninstalled";
const states: readonly State[] = ["installed", "uninstalled"];

/** An item in one of its two states as one number: what an item needs differs by what it is to become. */
const nodeOf = (itemId: number, state: State): number => itemId * 2 + (state === "installed" ? 0 : 1);
const itemOf = (node: number): number => Math.floor(node / 2);

const startsOf = (prerequisite: Prerequisite): number[] =>
  states
    .filter((state) => prerequisite.appliesWhen === "any" || prerequisite.appliesWhen === state)
    .map((state) => nodeOf(prerequisite.itemId, state));
const endsOf = (prerequisite: Prerequisite): number[] =>
  [...new Set(prerequisite.items.map((item) => item.itemId))]
    .sort((a, b) => a - b)
    .map((itemId) => nodeOf(itemId, prerequisite.requiredState));

/**
 * The cycle that saving a prerequisite would close, as item ids from the item back to itself (`[1, 2, 1]`);
 * null when there is none. `edge` replaces the stored prerequisite of the same id. An item that needs itself is a
 * cycle in whatever state; that two items exclude one another is none.
 */
export function findCycle(prerequisites: readonly Prerequisite[], edge: Prerequisite): number[] | null {
  if (edge.items.some((item) => item.itemId === edge.itemId)) return [edge.itemId, edge.itemId];
  const graph = new Map<number, number[]>();
  const all = [...prerequisites.filter((stored) => stored.id !== edge.id), edge].sort((a, b) => a.id - b.id);
  for (const prerequisite of all) {
    for (const start of startsOf(prerequisite)) {
      graph.set(start, [...(graph.get(start) ?? []), ...endsOf(prerequisite)]);
    }
  }
  const cycles = startsOf(edge)
    .map((start) => shortestPath(endsOf(edge), (node) => node === start, graph, start))
    .filter((path) => path !== null);
  const shortest = cycles.sort((a, b) => a.length - b.length)[0];
  return shortest === undefined ? null : shortest.map(itemOf);
}
