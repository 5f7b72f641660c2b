"use client";

import { Menu, Search } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { KeyboardHint } from "@/app/_ui/keyboard-hint";
import { StopAll } from "./stop-all";
import { TenantSwitcher } from "./tenant-switcher";

export function TopBar({ onMenu, onFind }: { onMenu: () => void; onFind: () => void }) {
  return (
    <header className="sticky top-0 z-30 flex h-[46px] items-center gap-2 border-b border-line bg-panel px-3 sm:gap-2.5 md:px-5">
      <Button look="quiet" size="icon" aria-label="Open the menu" className="md:hidden" onClick={onMenu}>
        <Menu aria-hidden />
      </Button>
      <TenantSwitcher />
      <button
        type="button"
        onClick={onFind}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-[30px] w-[30px] flex-none items-center justify-center gap-2 rounded-md border border-line bg-bg text-ink-3 hover:border-control sm:w-auto sm:min-w-0 sm:flex-1 sm:justify-start sm:px-2.5 lg:max-w-[340px]"
      >
        <Search aria-hidden className="size-3.5 sm:hidden" />
        <span className="truncate max-sm:sr-only">Find a computer, person, software, action…</span>
        <KeyboardHint keys={["⌘K"]} className="ml-auto max-sm:hidden" />
      </button>
      <div className="ml-auto flex items-center gap-2">
        <StopAll />
      </div>
    </header>
  );
}
