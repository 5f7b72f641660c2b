"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { CalendarPlus, CircleHelp, Laptop, Layers, type LucideIcon, Moon, Search, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { formatWord } from "@/app/_ui/format";
import { useActiveItem } from "@/app/_ui/use-active-item";
import { useDebounced } from "@/app/_ui/use-debounced";
import { destinations, hrefOfHit } from "./navigation";
import { useMay } from "./signed-in";
import { useTenantId } from "./tenant-scope";
import { applyTheme } from "./theme-choice";

const SETTLE_MS = 90;

interface PaletteAction {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

/** ⌘K: any computer, tenant, person, item or session; every page; what can be begun from anywhere. */
export function CommandPalette({
  open,
  onOpenChange,
  onShortcuts,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShortcuts: () => void;
}) {
  const router = useRouter();
  const trpc = useTRPC();
  const tenantId = useTenantId();
  const mayOperate = useMay("operate");
  const [text, setText] = useState("");
  useEffect(() => {
    if (!open) setText("");
  }, [open]);
  const query = useDebounced(text.trim(), SETTLE_MS);
  const found = useQuery({
    ...trpc.search.everything.queryOptions({ query, tenantId }),
    enabled: open && query !== "",
    placeholderData: keepPreviousData,
  });
  const hits = text.trim() === "" ? [] : (found.data?.hits ?? []);
  const close = (then: () => void) => () => {
    onOpenChange(false);
    then();
  };
  const go = (href: string) => close(() => router.push(href));
  const actions: PaletteAction[] = [
    ...(mayOperate
      ? [
          { label: "New deployment", icon: Layers, run: go("/deployments/new") },
          { label: "New schedule", icon: CalendarPlus, run: go("/schedules/new") },
          { label: "Add a computer", icon: Laptop, run: go("/computers?add=true") },
        ]
      : []),
    { label: "Look: dark", icon: Moon, run: close(() => applyTheme("dark")) },
    { label: "Look: light", icon: Sun, run: close(() => applyTheme("light")) },
    { label: "Keyboard shortcuts", icon: CircleHelp, run: close(onShortcuts) },
  ];
  const matches = (label: string) => label.toLowerCase().includes(text.trim().toLowerCase());
  const shownActions = actions.filter(({ label }) => matches(label));
  const shownPlaces = destinations
    .flatMap((group) => group.links)
    .filter(({ label }) => matches(label))
    .map(({ label, icon, href }) => ({ label, icon, run: go(href) }));
  const [active, setActive] = useActiveItem([
    ...hits.map((hit) => `hit-${hit.kind}-${hit.id}`),
    ...shownActions.map(({ label }) => `Do-${label}`),
    ...shownPlaces.map(({ label }) => `Go to-${label}`),
  ]);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[oklch(15%_0.02_250/0.45)]" />
        <Radix.Content
          aria-describedby={undefined}
          className="arrive fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-[600px] -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong bg-panel shadow-pop focus:outline-none"
        >
          <Radix.Title className="sr-only">Find or do</Radix.Title>
          <Command shouldFilter={false} label="Find or do" loop value={active} onValueChange={setActive}>
            <div className="flex items-center gap-2.5 border-b border-line px-3.5">
              <Search aria-hidden className="size-4 text-ink-3" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder="Find a computer, person, software, action…"
                className="h-12 flex-1 bg-transparent text-lg focus-visible:outline-none"
              />
            </div>
            <Command.List className="max-h-[56dvh] overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-3">
              <Command.Empty className="px-2 py-6 text-center text-ink-2">
                {found.isFetching ? "Looking…" : "Nothing is called that."}
              </Command.Empty>
              {hits.length > 0 ? (
                <Command.Group heading="Found">
                  {hits.map((hit) => (
                    <Item
                      key={`${hit.kind}-${hit.id}`}
                      value={`hit-${hit.kind}-${hit.id}`}
                      onSelect={go(hrefOfHit[hit.kind]?.(hit.id) ?? "/")}
                    >
                      <span className="truncate font-[540]">{hit.title}</span>
                      <span className="min-w-0 flex-1 truncate text-ink-3">{hit.subtitle}</span>
                      <span className="text-2xs text-ink-3">{formatWord(hit.kind)}</span>
                    </Item>
                  ))}
                </Command.Group>
              ) : null}
              <Entries heading="Do" entries={shownActions} />
              <Entries heading="Go to" entries={shownPlaces} />
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Entries({ heading, entries }: { heading: string; entries: readonly PaletteAction[] }) {
  if (entries.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {entries.map(({ label, icon: Icon, run }) => (
        <Item key={label} value={`${heading}-${label}`} onSelect={run}>
          <Icon aria-hidden className="size-[15px] text-ink-3" />
          {label}
        </Item>
      ))}
    </Command.Group>
  );
}

const Item = (props: { value: string; onSelect: () => void; children: ReactNode }) => (
  <Command.Item
    {...props}
    className="flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2 py-1 data-[selected=true]:bg-accent-soft"
  />
);
