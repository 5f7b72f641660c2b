"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";

const listKeys = ["q", "sort", "after", "before"];

/**
 * The chosen tab, kept in the address. Another tab's list begins anew: a page's cursor, an order or a search of one list
 * means nothing to the next. `filterKeys`, a constant, names what else the tabs' lists keep there.
 */
export function useTab(first: string, filterKeys: readonly string[] = []): [tab: string, choose: (id: string) => void] {
  const keys = useMemo(() => [...listKeys, ...filterKeys], [filterKeys]);
  const parsers = useMemo(
    () => ({ tab: parseAsString, ...Object.fromEntries(keys.map((key) => [key, parseAsString])) }),
    [keys],
  );
  const [query, setQuery] = useQueryStates(parsers);
  return [
    query.tab ?? first,
    (id) =>
      void setQuery({
        ...Object.fromEntries(keys.map((key) => [key, null])),
        tab: id === first ? null : id,
      }),
  ];
}
