"use client";

import { type RefObject, useEffect } from "react";

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** j and k move through rows, x selects, Enter opens, / goes to the search; not while someone types or a dialog is open. */
export function useRowKeys(table: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      const host = table.current;
      if (!host || document.querySelector("[role=dialog],[role=menu]")) return;
      const isBox = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
      if (isTyping(event.target) && !isBox) return;
      if (event.key === "/") {
        event.preventDefault();
        host.querySelector<HTMLInputElement>("[data-list-search]")?.focus();
        return;
      }
      const rows = [...host.querySelectorAll<HTMLElement>("[data-row]")];
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      if (event.key === "j" || event.key === "k") {
        event.preventDefault();
        const next = rows[Math.min(rows.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))];
        next?.querySelector<HTMLElement>("a, button")?.focus();
      }
      if (event.key === "x" && at >= 0) rows[at]?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [table]);
}
