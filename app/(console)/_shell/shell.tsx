"use client";

import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import { Toaster } from "@/app/_ui/toast";
import { CommandPalette } from "./command-palette";
import { ShortcutsSheet } from "./shortcuts-sheet";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";
import { useLive } from "./use-live";

type Open = "menu" | "palette" | "shortcuts" | null;

/** The frame around every page of the console. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<Open>(null);
  useLive();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const isTyping = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen((now) => (now === "palette" ? null : "palette"));
      } else if (event.key === "?" && !isTyping) setOpen("shortcuts");
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  const change = (which: Open) => (isOpen: boolean) => setOpen(isOpen ? which : null);
  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-accent-ink focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="grid min-h-dvh md:grid-cols-[216px_minmax(0,1fr)]">
        <div className="sticky top-0 h-dvh border-r border-line max-md:hidden">
          <Sidebar />
        </div>
        <div className="min-w-0">
          <TopBar onMenu={() => setOpen("menu")} onFind={() => setOpen("palette")} />
          <main id="content" tabIndex={-1} className="max-w-[1480px] px-3.5 pt-5 pb-10 focus:outline-none md:px-6">
            {children}
          </main>
        </div>
      </div>
      <Radix.Root open={open === "menu"} onOpenChange={change("menu")}>
        <Radix.Portal>
          <Radix.Overlay className="fixed inset-0 z-40 bg-[oklch(15%_0.02_250/0.45)] md:hidden" />
          <Radix.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 left-0 z-40 w-64 border-r border-line focus:outline-none md:hidden"
          >
            <Radix.Title className="sr-only">Menu</Radix.Title>
            <Sidebar onNavigate={() => setOpen(null)} />
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
      <CommandPalette
        open={open === "palette"}
        onOpenChange={change("palette")}
        onShortcuts={() => setOpen("shortcuts")}
      />
      <ShortcutsSheet open={open === "shortcuts"} onOpenChange={change("shortcuts")} />
      <Toaster />
    </>
  );
}
