import { cn } from "./cn";

/** The shape of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block h-3 animate-pulse rounded-sm bg-line", className)} />;
}

const widths = ["w-3/4", "w-1/2", "w-2/3", "w-5/6", "w-3/5"];

/** Lines of text that are coming. */
export function SkeletonLines({ count = 4, className }: { count?: number; className?: string }) {
  return (
    <div className={cn("grid gap-3 p-3.5", className)} role="status">
      <span className="sr-only">Loading</span>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={String(index)} className={widths[index % widths.length] ?? ""} />
      ))}
    </div>
  );
}
