"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { type ListSort, type ListState, readListState } from "./list-state";

export interface ListControl extends ListState {
  setSearch(search: string): void;
  setSort(sort: ListSort | null): void;
  setFilter(key: string, values: readonly string[]): void;
  clearFilters(): void;
  goTo(cursor: string | null, direction: "next" | "previous"): void;
  readonly isNarrowed: boolean;
}

/**
 * The list's state, kept in the address: it survives reloading and can be sent to someone. Anything that changes which
 * rows there are goes back to the first page. `filterKeys` is a constant of the list.
 */
export function useListState(filterKeys: readonly string[]): ListControl {
  const parsers = useMemo(
    () => Object.fromEntries(["q", "sort", "after", "before", ...filterKeys].map((key) => [key, parseAsString])),
    [filterKeys],
  );
  const [query, setQuery] = useQueryStates(parsers, { history: "replace" });
  return useMemo(() => {
    const present = Object.fromEntries(Object.entries(query).map(([key, value]) => [key, value ?? undefined]));
    const state = readListState(present, filterKeys);
    const firstPage = { after: null, before: null };
    return {
      ...state,
      isNarrowed: state.search !== "" || Object.keys(state.filters).length > 0,
      setSearch: (search) => void setQuery({ q: search || null, ...firstPage }),
      setSort: (sort) => void setQuery({ sort: sort ? `${sort.descending ? "-" : ""}${sort.by}` : null, ...firstPage }),
      setFilter: (key, values) => void setQuery({ [key]: values.length > 0 ? values.join(",") : null, ...firstPage }),
      clearFilters: () =>
        void setQuery({ q: null, ...firstPage, ...Object.fromEntries(filterKeys.map((key) => [key, null])) }),
      goTo: (cursor, direction) =>
        void setQuery(direction === "next" ? { after: cursor, before: null } : { after: null, before: cursor }, {
          history: "push",
          scroll: true,
        }),
    };
  }, [query, setQuery, filterKeys]);
}
