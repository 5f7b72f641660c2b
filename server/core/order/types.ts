/** The global order and prerequisites (domain page, chapter 8). */

/** Items not named here are unordered: between beginning and end, by name. */
export interface OrderEntry {
  readonly itemId: number;
  readonly zone: "beginning" | "end";
  readonly position: number;
}

export interface PrerequisiteItem {
  readonly itemId: number;
  readonly minimumVersion: string | null;
  readonly maximumVersion: string | null;
}

/** "When this item is to be …, all or any of {items} must be … → do it first, or fail." */
export interface Prerequisite {
  readonly id: number;
  readonly itemId: number;
  readonly appliesWhen: "installed" | "uninstalled" | "any";
  readonly quantifier: "all" | "any";
  readonly requiredState: "installed" | "uninstalled";
  readonly otherwise: "do-first" | "fail";
  readonly items: readonly PrerequisiteItem[];
}
