"use client";

import { useEffect, useState } from "react";

/** The entry that Enter takes in a list whose entries arrive later: the first one, until another is moved to. */
export function useActiveItem(values: readonly string[]): [string, (value: string) => void] {
  const [active, setActive] = useState("");
  const known = values.join("\n");
  useEffect(() => {
    const present = known.split("\n");
    setActive((now) => (present.includes(now) ? now : (present[0] ?? "")));
  }, [known]);
  return [active, setActive];
}
