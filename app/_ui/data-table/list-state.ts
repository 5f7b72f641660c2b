/** A list's state as it stands in the address: what is looked for, in what order, which page. Read on both sides. */

export interface ListSort {
  readonly by: string;
  readonly descending: boolean;
}

export interface ListState {
  readonly search: string;
  readonly sort: ListSort | null;
  readonly cursor: string | null;
  readonly direction: "next" | "previous";
  /** Chosen values by filter. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

export type Query = Readonly<Record<string, string | string[] | undefined>>;

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** The state that an address says. Keys: `q`, `sort` (`-name` is descending), `after`, `before`, and each filter's own. */
export function readListState(query: Query, filterKeys: readonly string[]): ListState {
  const sort = first(query.sort);
  const [after, before] = [first(query.after), first(query.before)];
  const filters: Record<string, string[]> = {};
  for (const key of filterKeys) {
    const value = first(query[key]);
    if (value) filters[key] = value.split(",").filter(Boolean);
  }
  return {
    search: first(query.q) ?? "",
    sort: sort ? { by: sort.replace(/^-/, ""), descending: sort.startsWith("-") } : null,
    cursor: after ?? before ?? null,
    direction: after === undefined && before !== undefined ? "previous" : "next",
    filters,
  };
}

/** Those of the chosen values that exist; undefined when none is chosen. What an address says is not to be believed. */
export function chosen<const V extends string>(state: ListState, key: string, allowed: readonly V[]): V[] | undefined {
  const values = state.filters[key] ?? [];
  const known = allowed.filter((value) => values.includes(value));
  return known.length > 0 ? known : undefined;
}

/** A filter of two answers: undefined when neither or both are chosen. */
export function chosenFlag(state: ListState, key: string): boolean | undefined {
  const values = state.filters[key] ?? [];
  if (values.includes("yes") === values.includes("no")) return undefined;
  return values.includes("yes");
}

/** The one chosen value. */
export function chosenOne<const V extends string>(state: ListState, key: string, allowed: readonly V[]): V | undefined {
  const values = chosen(state, key, allowed);
  return values?.length === 1 ? values[0] : undefined;
}

/** The chosen number, for filters that hold an id. */
export function chosenId(state: ListState, key: string): number | undefined {
  const id = Number(state.filters[key]?.[0]);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

/** What every list's input begins with. */
export function pageInput<const By extends string>(state: ListState, sorts: readonly By[], tenantId: number | null) {
  const by = sorts.find((each) => each === state.sort?.by);
  return {
    limit: 50,
    cursor: state.cursor,
    direction: state.direction,
    ...(by === undefined ? {} : { sort: { by, descending: state.sort?.descending ?? false } }),
    ...(state.search === "" ? {} : { search: state.search }),
    tenantId,
  };
}
