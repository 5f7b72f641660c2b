import type { ReactNode } from "react";

/** What holds on one platform. */
export const PlatformRow = ({ platform, children }: { platform: string; children: ReactNode }) => (
  <li className="grid gap-x-2.5 border-b border-line px-3.5 py-2 last:border-0 sm:grid-cols-[128px_minmax(0,1fr)]">
    <span className="text-ink-3">{platform}</span>
    <span className="min-w-0 break-words">{children}</span>
  </li>
);
