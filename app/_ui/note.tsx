import type { ReactNode } from "react";
import { cn } from "./cn";
import { StatusMark, type Tone } from "./pill";

const looks: Partial<Record<Tone, string>> = { warn: "border-warn/40 bg-warn-soft", bad: "border-bad/40 bg-bad-soft" };
const words: Record<Tone, string> = {
  ok: "Good",
  warn: "Careful",
  bad: "Problem",
  run: "Under way",
  wait: "Waiting",
  off: "Note",
};

/** Something to know before going on, with its mark. */
export function Note({ tone = "off", children, className }: { tone?: Tone; children: ReactNode; className?: string }) {
  return (
    <div
      className={cn(
        "flex items-start gap-2.5 rounded-lg border border-line bg-panel px-3.5 py-2.5",
        looks[tone],
        className,
      )}
    >
      <StatusMark tone={tone} label={words[tone]} />
      <div className="min-w-0 flex-1 self-center">{children}</div>
    </div>
  );
}
