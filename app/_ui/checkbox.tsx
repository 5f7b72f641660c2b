"use client";

import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import { cn } from "./cn";

export function Checkbox({
  mixed = false,
  className,
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { mixed?: boolean }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed;
  }, [mixed]);
  return <input ref={box} type="checkbox" className={cn("size-[15px] flex-none accent-accent", className)} {...rest} />;
}

/** A box with its label, which is part of what can be pressed. */
export function LabelledCheckbox({
  children,
  help,
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { children: ReactNode; help?: ReactNode }) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-start gap-2 py-0.5">
      <Checkbox id={id} className="mt-[2.5px]" {...rest} />
      <span>
        {children}
        {help ? <span className="block text-xs text-ink-3">{help}</span> : null}
      </span>
    </label>
  );
}
