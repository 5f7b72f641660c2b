"use client";

import { cn } from "@/app/_ui/cn";
import { StatusMark } from "@/app/_ui/pill";
import { useSeconds } from "@/app/_ui/viewer";
import type { SessionDetail } from "./session-view";
import { stagesOf, stageTones } from "./stages";

const stateWords = { done: "done", now: "running", failed: "failed", waiting: "waiting", skipped: "left out" } as const;

/** The stages beside each other, the one that runs marked. */
export function StageStrip({ session }: { session: SessionDetail }) {
  const nowMs = useSeconds(session.status === "running");
  return (
    <ol
      aria-label="Stages"
      className="grid grid-cols-1 overflow-hidden rounded-lg border border-line bg-panel sm:grid-cols-3 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none"
    >
      {stagesOf(session, nowMs).map((stage) => (
        <li
          key={stage.name}
          aria-current={stage.state === "now" ? "step" : undefined}
          className={cn(
            "-mt-px flex items-center gap-x-3 border-t border-line px-3.5 py-1.5 sm:-ml-px sm:block sm:border-l sm:py-2.5",
            stage.state === "now" && "bg-run-soft",
          )}
        >
          <span className="flex items-center gap-[7px] font-[590]">
            <StatusMark tone={stageTones[stage.state]} label={stateWords[stage.state]} />
            <span className={stage.state === "waiting" || stage.state === "skipped" ? "text-ink-2" : undefined}>
              {stage.label}
            </span>
          </span>
          <span
            className="ml-auto text-right text-xs text-ink-3 sm:ml-0 sm:block sm:text-left"
            suppressHydrationWarning
          >
            {stage.remark}
          </span>
        </li>
      ))}
    </ol>
  );
}
