import type { OrderEntry } from "./types";

/** What the global order looks at. */
export interface RankedItem {
  readonly itemId: number;
  readonly name: string;
  readonly isOnboardingOnly: boolean;
}

const zoneRanks = { beginning: 0, unordered: 1, end: 2 } as const;

interface Place {
  readonly zone: number;
  readonly position: number;
}

/** The place of each ordered item. Should an item be named twice, its earliest place counts. */
export function placesOf(order: readonly OrderEntry[]): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>();
  for (const entry of order) {
    const place = { zone: zoneRanks[entry.zone], position: entry.position };
    const known = places.get(entry.itemId);
    if (known === undefined || comparePlaces(place, known) < 0) places.set(entry.itemId, place);
  }
  return places;
}

const comparePlaces = (a: Place, b: Place): number => a.zone - b.zone || a.position - b.position;
const unordered: Place = { zone: zoneRanks.unordered, position: 0 };

/** Names compare without case, by code unit: the same on every machine. */
function compareNames(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Onboarding-only items, then beginning by position, the rest by name, end by position; at last by id. */
export function compareInGlobalOrder(a: RankedItem, b: RankedItem, places: ReadonlyMap<number, Place>): number {
  return (
    Number(b.isOnboardingOnly) - Number(a.isOnboardingOnly) ||
    comparePlaces(places.get(a.itemId) ?? unordered, places.get(b.itemId) ?? unordered) ||
    compareNames(a.name, b.name) ||
    a.itemId - b.itemId
  );
}

/** Whether nobody gave the item a place: it may then be moved to where it is needed. */
export const isMovable = (item: RankedItem, places: ReadonlyMap<number, Place>): boolean =>
  !item.isOnboardingOnly && !places.has(item.itemId);
