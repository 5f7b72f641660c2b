import type { ReactNode } from "react";
import { cn } from "./cn";

/** A decision in words, as large as it is important. */
export function Sentence({ children, className }: { children: ReactNode; className?: string }) {
  return <p className={cn("text-lg leading-normal text-pretty", className)}>{children}</p>;
}

/** The part of a sentence that was chosen. */
export function Chosen({ children }: { children: ReactNode }) {
  return <b className="border-b-2 border-accent font-[600]">{children}</b>;
}
