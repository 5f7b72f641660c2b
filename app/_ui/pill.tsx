import { AlertTriangle, Check, Circle, Clock, LoaderCircle, type LucideIcon, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** What a status means to a person. Each has a colour and a mark of its own, so that neither is needed alone. */
export type Tone = "ok" | "warn" | "bad" | "run" | "wait" | "off";

const looks: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  run: "bg-run-soft text-run",
  wait: "bg-sunken text-ink-2",
  off: "bg-sunken text-ink-2",
};
const marks: Record<Tone, LucideIcon> = {
  ok: Check,
  warn: AlertTriangle,
  bad: X,
  run: LoaderCircle,
  wait: Clock,
  off: Minus,
};

export function Pill({
  tone,
  children,
  className,
  mark = true,
}: {
  tone: Tone;
  children: ReactNode;
  className?: string;
  mark?: boolean;
}) {
  const Mark = marks[tone];
  return (
    <span
      className={cn(
        "inline-flex h-[21px] items-center gap-1 rounded-full px-2 text-xs font-[550] whitespace-nowrap",
        looks[tone],
        className,
      )}
    >
      {mark ? <Mark aria-hidden className={cn("size-3", tone === "run" && "animate-spin-slow")} /> : null}
      {children}
    </span>
  );
}

/** The same as a round mark, for the start of a row. `label` says it to those who do not see it. */
export function StatusMark({ tone, label }: { tone: Tone; label: string }) {
  const Mark = marks[tone];
  return (
    <span
      role="img"
      aria-label={label}
      className={cn("grid size-[22px] flex-none place-items-center rounded-full", looks[tone])}
    >
      <Mark aria-hidden className={cn("size-3", tone === "run" && "animate-spin-slow")} />
    </span>
  );
}

/** A small outlined word: a kind, an origin, a tag. */
export function Tag({
  children,
  className,
  color,
}: {
  children: ReactNode;
  className?: string;
  color?: string | null;
}) {
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-1 rounded-sm border border-line bg-panel px-1.5 text-xs whitespace-nowrap text-ink-2",
        className,
      )}
    >
      {color ? <Circle aria-hidden className="size-2" fill={color} stroke={color} /> : null}
      {children}
    </span>
  );
}

/** Online or not, as a filled or a hollow dot with its word. */
export function OnlineDot({ online, hideWord = false }: { online: boolean; hideWord?: boolean }) {
  const word = online ? "Online" : "Offline";
  return (
    <span className="inline-flex items-center gap-1.5">
      <span
        aria-hidden
        title={word}
        className={cn("size-2 flex-none rounded-full", online ? "bg-ok" : "border-[1.5px] border-ink-3")}
      />
      <span className={hideWord ? "sr-only" : undefined}>{word}</span>
    </span>
  );
}
