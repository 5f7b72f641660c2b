"use client";

import { useCallback, useEffect, useState } from "react";

type Visibility = Record<string, boolean>;

const keyOf = (name: string) => `evenkeel-columns-${name}`;

/** Which columns someone chose for a list, kept in their browser. */
export function useStoredColumns(name: string, initial: Visibility): [Visibility, (next: Visibility) => void] {
  const [visibility, setVisibility] = useState(initial);
  useEffect(() => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? "null");
      if (typeof stored !== "object" || stored === null) return;
      const known = Object.entries(stored).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean");
      setVisibility((now) => ({ ...now, ...Object.fromEntries(known) }));
    } catch {
      // A browser that keeps nothing shows the usual columns.
    }
  }, [name]);
  const store = useCallback(
    (next: Visibility) => {
      setVisibility(next);
      try {
        localStorage.setItem(keyOf(name), JSON.stringify(next));
      } catch {
        // Not kept; it holds for this page.
      }
    },
    [name],
  );
  return [visibility, store];
}
