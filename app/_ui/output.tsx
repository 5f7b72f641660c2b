"use client";

import { ArrowDown } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { formatTime } from "./format";
import { useViewerZone } from "./viewer";

export interface OutputLine {
  readonly key: string;
  readonly at: Date;
  readonly text: string;
  readonly stream: "stdout" | "stderr" | "verbose" | "warning";
}

const faint = "text-[oklch(70%_0.02_240)]";
const streamLooks: Record<OutputLine["stream"], string> = {
  stdout: "",
  stderr: "text-[oklch(76%_0.14_25)]",
  warning: "text-[oklch(84%_0.12_85)]",
  verbose: faint,
};
const NEAR_END_PX = 24;

/** What scripts say, as it arrives. It follows the end until someone scrolls up. */
export function Output({
  lines,
  live = false,
  label,
  className,
  empty = "Nothing was said yet.",
}: {
  lines: readonly OutputLine[];
  live?: boolean;
  label: string;
  className?: string;
  empty?: string;
}) {
  const pane = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(live);
  const zone = useViewerZone();
  const count = lines.length;
  useLayoutEffect(() => {
    if (follows && count > 0) pane.current?.scrollTo({ top: pane.current.scrollHeight });
  }, [count, follows]);
  useEffect(() => setFollows(live), [live]);
  return (
    <div className={cn("relative bg-terminal text-terminal-ink", className)} style={{ colorScheme: "dark" }}>
      <div
        ref={pane}
        role="log"
        aria-label={label}
        aria-live="off"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          setFollows(scrollHeight - scrollTop - clientHeight < NEAR_END_PX)
        }
        className="max-h-[340px] overflow-auto px-4 py-3 font-mono text-xs leading-[1.6] -outline-offset-2"
      >
        {count === 0 ? <span className={faint}>{empty}</span> : null}
        {lines.map((line) => (
          <div key={line.key} className="flex gap-2">
            <time className={cn("flex-none", faint)} suppressHydrationWarning>
              {formatTime(line.at, zone, true)}
            </time>
            <span className={cn("min-w-0 break-words whitespace-pre-wrap", streamLooks[line.stream])}>
              {line.stream === "stdout" ? null : <span className="sr-only">{line.stream}: </span>}
              {line.text}
            </span>
          </div>
        ))}
        {live ? (
          <span aria-hidden className="animate-pulse">
            ▌
          </span>
        ) : null}
      </div>
      {live && !follows ? (
        <Button size="small" className="absolute right-3 bottom-3" onClick={() => setFollows(true)}>
          <ArrowDown aria-hidden /> Follow
        </Button>
      ) : null}
    </div>
  );
}
