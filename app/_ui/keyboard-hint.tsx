import { cn } from "./cn";

/** The keys that do the same. Not read out: the control itself says what it does. */
export function KeyboardHint({ keys, className }: { keys: readonly string[]; className?: string }) {
  return (
    <span aria-hidden className={cn("inline-flex gap-1", className)}>
      {keys.map((key) => (
        <kbd
          key={key}
          className="rounded-sm border border-b-2 border-line bg-panel px-[5px] font-mono text-2xs text-ink-2"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
