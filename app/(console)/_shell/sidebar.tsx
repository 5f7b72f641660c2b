"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { BrandMark } from "@/app/_ui/brand-mark";
import { cn } from "@/app/_ui/cn";
import { destinations } from "./navigation";
import { useCounts } from "./use-counts";
import { UserMenu } from "./user-menu";

/** Where one can go, with how many there are. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const path = usePathname();
  const counts = useCounts();
  const isHere = (href: string) => (href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`));
  return (
    <div className="flex h-full flex-col gap-0.5 overflow-y-auto bg-sunken px-2.5 py-3">
      <nav aria-label="Main" className="flex flex-col gap-0.5">
        <Link
          href="/"
          onClick={onNavigate}
          className="mb-1.5 flex items-center gap-[9px] rounded-md px-2 py-1 text-base font-[660] tracking-[-0.01em]"
        >
          <BrandMark className="size-5 text-accent" />
          Evenkeel
        </Link>
        {destinations.map((group) => (
          <div key={group.title ?? "first"} className="contents">
            {group.title ? <p className="px-2 pt-3 pb-[3px] text-2xs text-ink-3">{group.title}</p> : null}
            {group.links.map(({ href, label, icon: Icon, count }) => (
              <Link
                key={href}
                href={href}
                onClick={onNavigate}
                aria-current={isHere(href) ? "page" : undefined}
                className={cn(
                  "flex items-center gap-[9px] rounded-md px-2 py-[5px] text-ink-2 hover:text-ink",
                  isHere(href) && "bg-panel font-[560] text-ink shadow-[0_0_0_1px_var(--line)]",
                )}
              >
                <Icon aria-hidden className="size-[15px] opacity-85" />
                {label}
                {count && counts[count] !== null ? (
                  <span className={cn("ml-auto text-2xs text-ink-3", count === "attention" && "font-[620] text-bad")}>
                    {counts[count]}
                  </span>
                ) : null}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <UserMenu />
    </div>
  );
}
