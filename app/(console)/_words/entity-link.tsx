import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/app/_ui/cn";

/** A link to a thing's own page. `main`: the name by which a row is known. */
export const EntityLink = ({ href, children, main = false }: { href: string; children: ReactNode; main?: boolean }) => (
  <Link
    href={href}
    className={cn("rounded-sm hover:underline", main ? "font-[540] text-ink" : "text-ink-2 hover:text-ink")}
  >
    {children}
  </Link>
);

/** A link within a text. */
export const TextLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="rounded-sm text-accent underline decoration-1 underline-offset-2 hover:decoration-2">
    {children}
  </Link>
);
