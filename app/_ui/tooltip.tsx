"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** More about what it wraps, on pointing or focus. What is needed to work must not be here alone. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={5}
          collisionPadding={8}
          className="arrive z-50 max-w-[320px] rounded-md border border-line-strong bg-panel px-2.5 py-1.5 text-xs text-ink shadow-pop"
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={250} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);
