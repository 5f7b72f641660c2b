import type { ReactNode } from "react";

/** Wide content that scrolls sideways within itself; the keyboard reaches it even when nothing in it can be focused. */
export const ScrollX = ({ label, children }: { label: string; children: ReactNode }) => (
  <div role="group" aria-label={label} tabIndex={0} className="overflow-x-auto -outline-offset-2">
    {children}
  </div>
);
