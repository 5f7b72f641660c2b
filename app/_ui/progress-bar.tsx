import { cn } from "./cn";

const fills = { run: "bg-run", ok: "bg-ok", warn: "bg-warn", bad: "bg-bad" } as const;

/** How far something is. `value` is 0 to 1; null is "under way, nobody knows how far". */
export function ProgressBar({
  value,
  label,
  tone = "run",
  className,
}: {
  value: number | null;
  label: string;
  tone?: keyof typeof fills;
  className?: string;
}) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={cn("h-1 overflow-hidden rounded-full bg-line", className)}
    >
      <div
        className={cn("h-full rounded-full transition-[width]", fills[tone], percent === null && "w-2/5 animate-pulse")}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
