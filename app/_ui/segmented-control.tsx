"use client";

import { RadioGroup } from "radix-ui";
import { cn } from "./cn";

/** One of few, all visible. Arrow keys move. */
export function SegmentedControl<V extends string>({
  label,
  options,
  value,
  onChange,
  className,
  disabled,
}: {
  label: string;
  options: readonly { readonly value: V; readonly label: string }[];
  value: V;
  onChange: (value: V) => void;
  className?: string;
  disabled?: boolean;
}) {
  const choose = (chosen: string) => {
    const option = options.find((each) => each.value === chosen);
    if (option) onChange(option.value);
  };
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={choose}
      disabled={disabled}
      className={cn(
        "inline-flex max-w-full flex-wrap overflow-hidden rounded-md border border-line-strong bg-bg",
        className,
      )}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="-mr-px flex-auto border-r border-line px-[11px] py-[4.5px] -outline-offset-2 hover:bg-sunken disabled:opacity-60 data-[state=checked]:bg-accent data-[state=checked]:font-[560] data-[state=checked]:text-accent-ink data-[state=checked]:outline-offset-[-4px] data-[state=checked]:focus-visible:outline-accent-ink"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
