"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

const itemStyle =
  "flex min-h-[30px] cursor-default items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-[disabled]:text-ink-3 data-[highlighted]:bg-sunken [&_svg]:size-3.5 [&_svg]:shrink-0";

/** A menu behind a button. */
export function Dropdown({
  trigger,
  children,
  align = "start",
  className,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  className?: string;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            "arrive z-50 max-h-[min(60dvh,420px)] min-w-[180px] overflow-y-auto rounded-lg border border-line-strong bg-panel p-1 text-ink shadow-pop",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function DropdownItem({
  children,
  onSelect,
  danger = false,
  disabled = false,
}: {
  children: ReactNode;
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
}) {
  return (
    <Radix.Item disabled={disabled} onSelect={onSelect} className={cn(itemStyle, danger && "text-bad")}>
      {children}
    </Radix.Item>
  );
}

/** An entry that can be on or off; the menu stays open, so that several can be chosen. */
export function DropdownCheck({
  children,
  checked,
  onChange,
}: {
  children: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <Radix.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={itemStyle}
    >
      <span className="grid size-3.5 place-items-center rounded-[3px] border border-control">
        <Radix.ItemIndicator>
          <Check aria-hidden className="size-3! text-accent" />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}

export const DropdownLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2 pt-1.5 pb-0.5 text-2xs text-ink-3">{children}</Radix.Label>
);
export const DropdownSeparator = () => <Radix.Separator className="my-1 h-px bg-line" />;
