"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "../button";
import { formatNumber } from "../format";
import type { DataPage } from "./types";
import type { ListControl } from "./use-list-state";

/** To the page before and after. Pages have no numbers: each begins after the last row seen. */
export function Pager({ page, list, noun }: { page: DataPage<unknown>; list: ListControl; noun: string }) {
  const count = `${formatNumber(page.total)}${page.totalIsAtLeast ? "+" : ""}`;
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center gap-2 border-t border-line px-3.5 py-2">
      <span className="mr-auto text-ink-3" aria-live="polite">
        {count} {page.total === 1 && !page.totalIsAtLeast ? noun.replace(/ies$/, "y").replace(/s$/, "") : noun}
      </span>
      {page.previousCursor === null && page.nextCursor === null ? null : (
        <>
          <Button size="small" disabled={list.cursor === null} onClick={() => list.goTo(null, "next")}>
            First
          </Button>
          <Button
            size="small"
            disabled={page.previousCursor === null}
            onClick={() => list.goTo(page.previousCursor, "previous")}
          >
            <ChevronLeft aria-hidden /> Previous
          </Button>
          <Button size="small" disabled={page.nextCursor === null} onClick={() => list.goTo(page.nextCursor, "next")}>
            Next <ChevronRight aria-hidden />
          </Button>
        </>
      )}
    </nav>
  );
}
