import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { cn } from "./cn";

/** A titled panel. `aside` stands at the right of its heading. */
export function Card({
  title,
  hint,
  aside,
  children,
  className,
  ...rest
}: Omit<ComponentProps<"section">, "title"> & { title?: ReactNode; hint?: ReactNode; aside?: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={cn("min-w-0 rounded-lg border border-line bg-panel", className)}
      {...rest}
    >
      {title ? (
        <header className="flex min-h-[41px] flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3.5 py-2">
          <h2 id={id} className="text-sm font-[620]">
            {title}
          </h2>
          {hint ? <span className="text-ink-3">{hint}</span> : null}
          {aside ? <div className="ml-auto flex flex-wrap items-center gap-2">{aside}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  );
}
