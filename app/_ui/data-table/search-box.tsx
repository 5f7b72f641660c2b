"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cn } from "../cn";
import { KeyboardHint } from "../keyboard-hint";
import { useDebounced } from "../use-debounced";
import type { ListControl } from "./use-list-state";

const SETTLE_MS = 200;

/** Searches once the typing rests. */
export function SearchBox({ list, label }: { list: ListControl; label: string }) {
  const [text, setText] = useState(list.search);
  const settled = useDebounced(text, SETTLE_MS);
  const sent = useRef(list.search);
  const { search, setSearch } = list;
  useEffect(() => {
    if (settled === sent.current) return;
    sent.current = settled;
    setSearch(settled);
  }, [settled, setSearch]);
  useEffect(() => {
    if (search === sent.current) return;
    sent.current = search;
    setText(search);
  }, [search]);
  return (
    <div className="relative min-w-0 flex-1 basis-44 sm:max-w-[300px]">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-3.5 text-ink-3" />
      <input
        type="search"
        data-list-search
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className="field pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      <KeyboardHint keys={["/"]} className={cn("absolute top-[5px] right-2 max-sm:hidden", text !== "" && "hidden")} />
    </div>
  );
}
