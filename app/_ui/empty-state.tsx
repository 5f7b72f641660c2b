import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** Nothing is here, what that means, and what to do next. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
  className,
}: {
  icon?: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn("grid justify-items-center gap-1 px-6 py-10 text-center", className)}>
      {Icon ? (
        <span className="mb-2 grid size-9 place-items-center rounded-full bg-sunken text-ink-3">
          <Icon aria-hidden className="size-[18px]" />
        </span>
      ) : null}
      <p className="font-[600]">{title}</p>
      {children ? <div className="max-w-[52ch] text-ink-2">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
