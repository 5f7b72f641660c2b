export { compareInGlobalOrder, placesOf, type RankedItem } from "./base-order";
export * from "./find-cycle";
export * from "./order-actions";
export type * from "./types";
