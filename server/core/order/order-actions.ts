import { compareInGlobalOrder, isMovable, placesOf, type RankedItem } from "./base-order";
import { shortestCycleThrough } from "./cycles";
import type { OrderEntry } from "./types";

/** An item with something to do, as the order sees it. */
export interface OrderableItem extends RankedItem {
  /** Items that must come first. Those that are not among the items to order are left out of account. */
  readonly dependsOn: readonly number[];
  /** Software that this task configures: it runs right after the last of them. */
  readonly configures: readonly RankedItem[];
}

export interface OrderedItems {
  /** Item ids in the order in which they run. */
  readonly sequence: readonly number[];
  /** For each item in a cycle, the shortest way back to itself, both ends included. */
  readonly cycles: ReadonlyMap<number, readonly number[]>;
}

/**
 * The order in which items run: the global order, with what an item needs immediately before it, once. An item that
 * somebody gave a place keeps it unless it is needed earlier; one without a place moves to where it is first needed.
 * A pure function of its inputs; the order in which they are passed does not matter.
 */
export function orderActions(input: {
  readonly items: readonly OrderableItem[];
  readonly order: readonly OrderEntry[];
}): OrderedItems {
  const places = placesOf(input.order);
  const rankOf = (item: OrderableItem): RankedItem => item.configures.toSorted(byRank).at(-1) ?? item;
  function byRank(a: RankedItem, b: RankedItem): number {
    return compareInGlobalOrder(a, b, places);
  }
  const sorted = input.items.toSorted(
    (a, b) => byRank(rankOf(a), rankOf(b)) || a.configures.length - b.configures.length || byRank(a, b),
  );
  const position = new Map(sorted.map((item, index) => [item.itemId, index]));
  const known = (ids: Iterable<number>): number[] =>
    [...new Set(ids)].filter((id) => position.has(id)).sort((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0));

  const graph = new Map(
    sorted.map((item) => [
      item.itemId,
      known([...item.dependsOn, ...item.configures.map((software) => software.itemId)]),
    ]),
  );
  const cycles = new Map<number, number[]>();
  for (const { itemId } of sorted) {
    const path = shortestCycleThrough(itemId, graph);
    if (path !== null) cycles.set(itemId, path);
  }
  const waitsForDependent = findMovedItems(sorted, cycles, (item) => isMovable(item, places));
  return { sequence: emitAll(sorted, graph, waitsForDependent), cycles };
}

/** Items that run where they are needed rather than in their own place. */
function findMovedItems(
  sorted: readonly OrderableItem[],
  cycles: ReadonlyMap<number, readonly number[]>,
  isFree: (item: OrderableItem) => boolean,
): ReadonlySet<number> {
  const byId = new Map(sorted.map((item) => [item.itemId, item]));
  const moved = new Set<number>();
  for (const dependent of sorted) {
    for (const id of dependent.dependsOn) {
      const item = byId.get(id);
      if (item !== undefined && !cycles.has(id) && isFree(item)) moved.add(id);
    }
  }
  return moved;
}

function emitAll(
  sorted: readonly OrderableItem[],
  graph: ReadonlyMap<number, readonly number[]>,
  moved: ReadonlySet<number>,
): number[] {
  const begun = new Set<number>();
  const done = new Set<number>();
  const neededBy = (itemId: number): readonly number[] => graph.get(itemId) ?? [];
  const followers = sorted.filter((item) => item.configures.some((software) => graph.has(software.itemId)));

  /** Something it needs is being brought about right now, so it has to wait. */
  const waits = (itemId: number, seen: Set<number>): boolean =>
    neededBy(itemId).some((needed) => {
      if (done.has(needed) || seen.has(needed)) return false;
      seen.add(needed);
      return begun.has(needed) || waits(needed, seen);
    });
  const isReady = (task: OrderableItem): boolean =>
    !begun.has(task.itemId) &&
    task.configures.every((software) => done.has(software.itemId) || !graph.has(software.itemId)) &&
    !waits(task.itemId, new Set());
  const emit = (itemId: number): void => {
    if (begun.has(itemId)) return;
    begun.add(itemId);
    for (const needed of neededBy(itemId)) emit(needed);
    done.add(itemId);
    for (const task of followers) if (isReady(task)) emit(task.itemId);
  };
  const follows = new Set(followers.map((task) => task.itemId));
  for (const { itemId } of sorted) if (!moved.has(itemId) && !follows.has(itemId)) emit(itemId);
  for (const { itemId } of sorted) emit(itemId);
  return [...done];
}
