"use client";

import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "./cn";
import { useActiveItem } from "./use-active-item";
import { useDebounced } from "./use-debounced";

export interface ComboboxOption<V extends string | number> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string | undefined;
}

/**
 * A choice of many, found by typing. `useOptions` asks the server for what matches the text, so that any number of
 * choices stays quick.
 */
export function Combobox<V extends string | number, Option extends ComboboxOption<V> = ComboboxOption<V>>({
  id,
  label,
  value,
  display,
  placeholder,
  useOptions,
  onChange,
  icon,
  className,
  clearLabel,
  within = null,
  ...aria
}: {
  id?: string;
  label: string;
  value: V | null;
  /** What is shown of the chosen one. */
  display: ReactNode;
  placeholder: string;
  useOptions: (
    search: string,
    open: boolean,
    within: number | null,
  ) => { options: readonly Option[]; pending: boolean };
  onChange: (option: Option | null) => void;
  icon?: ReactNode;
  className?: string;
  /** Offers to choose nothing, in these words. */
  clearLabel?: string;
  /** The tenant whose things are offered, where the options ask for one. */
  within?: number | null;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const { options, pending } = useOptions(useDebounced(search.trim(), 120), open, within);
  const [active, setActive] = useActiveItem(options.map((option) => String(option.value)));
  const choose = (option: Option | null) => {
    onChange(option);
    setOpen(false);
    setSearch("");
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        id={id}
        type="button"
        aria-label={id ? undefined : `${label}: ${value === null ? placeholder : display}`}
        aria-haspopup="listbox"
        {...aria}
        className={cn("field flex items-center gap-2 text-left", className)}
      >
        {icon}
        <span className={cn("min-w-0 flex-1 truncate", value === null && "text-ink-3")}>
          {value === null ? placeholder : display}
        </span>
        <ChevronsUpDown aria-hidden className="size-3.5 flex-none text-ink-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="arrive z-50 w-[max(var(--radix-popover-trigger-width),260px)] overflow-hidden rounded-lg border border-line-strong bg-panel text-ink shadow-pop"
        >
          <Command shouldFilter={false} label={label} value={active} onValueChange={setActive}>
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder="Type to find…"
              className="w-full border-b border-line bg-transparent px-3 py-2 -outline-offset-2 focus-visible:outline-none"
            />
            <Command.List className="max-h-[280px] overflow-y-auto p-1">
              {clearLabel && value !== null && search === "" ? (
                <Command.Item value="clear" onSelect={() => choose(null)} className={itemStyle}>
                  <span className="text-ink-2">{clearLabel}</span>
                </Command.Item>
              ) : null}
              {options.map((option) => (
                <Command.Item
                  key={option.value}
                  value={String(option.value)}
                  onSelect={() => choose(option)}
                  className={itemStyle}
                >
                  <span className="min-w-0 flex-1 truncate">
                    {option.label} {option.hint ? <span className="text-ink-3">{option.hint}</span> : null}
                  </span>
                  {option.value === value ? <Check aria-label="chosen" className="size-3.5 text-accent" /> : null}
                </Command.Item>
              ))}
              <Command.Empty className="px-2 py-3 text-ink-3">
                {pending
                  ? "Looking…"
                  : search === ""
                    ? "There is nothing to choose yet."
                    : `Nothing matches “${search}”.`}
              </Command.Empty>
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const itemStyle =
  "flex min-h-[30px] cursor-default items-center gap-2 rounded-sm px-2 py-1 data-[selected=true]:bg-sunken";
