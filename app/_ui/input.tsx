import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Input = ({ className, ...rest }: ComponentProps<"input">) => (
  <input className={cn("field", className)} {...rest} />
);

export const TextArea = ({ className, ...rest }: ComponentProps<"textarea">) => (
  <textarea className={cn("field min-h-16 resize-y", className)} {...rest} />
);

/** A choice of few, as the system draws it: quickest on phones and for screen readers. */
export function Select({
  options,
  className,
  ...rest
}: ComponentProps<"select"> & { options: readonly { readonly value: string; readonly label: string }[] }) {
  return (
    <select className={cn("field pr-7", className)} {...rest}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
