"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./cn";

export interface FieldControl {
  readonly id: string;
  readonly "aria-invalid": true | undefined;
  readonly "aria-describedby": string | undefined;
}

/** A labelled control with its help and its error, tied together for those who listen. */
export function Field({
  label,
  help,
  error,
  children,
  className,
  aside,
}: {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  children: (control: FieldControl) => ReactNode;
  className?: string;
  aside?: ReactNode;
}) {
  const id = useId();
  const described = [help ? `${id}-help` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
  return (
    <div className={cn("grid content-start gap-1", className)}>
      <div className="flex items-baseline gap-2">
        <label htmlFor={id} className="font-[560]">
          {label}
        </label>
        {aside ? <span className="ml-auto text-xs text-ink-3">{aside}</span> : null}
      </div>
      {children({ id, "aria-invalid": error ? true : undefined, "aria-describedby": described || undefined })}
      {error ? (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error.charAt(0).toUpperCase() + error.slice(1)}
        </p>
      ) : null}
      {help ? (
        <p id={`${id}-help`} className="text-xs text-ink-3">
          {help}
        </p>
      ) : null}
    </div>
  );
}
