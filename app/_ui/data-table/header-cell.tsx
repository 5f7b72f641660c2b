"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { cn } from "../cn";
import type { DataColumn } from "./types";
import type { ListControl } from "./use-list-state";

/** A heading; pressing one that sorts goes up, down, and back to the list's own order. */
export function HeaderCell<Row>({ column, list }: { column: DataColumn<Row>; list: ListControl }) {
  const { sortBy } = column;
  const sorted = sortBy !== undefined && list.sort?.by === sortBy ? list.sort : null;
  const next = () => {
    if (sortBy === undefined) return;
    if (sorted === null) list.setSort({ by: sortBy, descending: false });
    else list.setSort(sorted.descending ? null : { by: sortBy, descending: true });
  };
  const Arrow = sorted?.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sorted === null ? undefined : sorted.descending ? "descending" : "ascending"}
      className={cn(
        "border-b border-line px-3.5 py-[7px] text-left text-xs font-[520] whitespace-nowrap text-ink-3",
        column.align === "right" && "text-right",
        column.isMain && "sticky left-0 z-[1] bg-panel",
      )}
    >
      {sortBy === undefined ? (
        column.header
      ) : (
        <button type="button" onClick={next} className="inline-flex items-center gap-1 rounded-sm hover:text-ink">
          {column.header}
          <Arrow aria-hidden className={cn("size-3", sorted === null && "opacity-0")} />
        </button>
      )}
    </th>
  );
}
