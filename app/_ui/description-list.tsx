import { Fragment, type ReactNode } from "react";
import { cn } from "./cn";

/** Names and values. Values that are null are left out. */
export function DescriptionList({
  items,
  className,
}: {
  items: readonly (readonly [name: string, value: ReactNode] | null)[];
  className?: string;
}) {
  return (
    <dl className={cn("grid grid-cols-[minmax(84px,112px)_minmax(0,1fr)] gap-x-2.5 gap-y-1.5 px-3.5 py-3", className)}>
      {items.map((item) =>
        item === null || item[1] === null || item[1] === undefined ? null : (
          <Fragment key={item[0]}>
            <dt className="text-ink-3">{item[0]}</dt>
            <dd className="min-w-0 break-words">{item[1]}</dd>
          </Fragment>
        ),
      )}
    </dl>
  );
}
