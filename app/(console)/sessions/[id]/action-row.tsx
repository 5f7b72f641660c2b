"use client";

import { ChevronDown, RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { cn } from "@/app/_ui/cn";
import { formatStopwatch } from "@/app/_ui/format";
import { StatusMark } from "@/app/_ui/pill";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { useSeconds } from "@/app/_ui/viewer";
import { useMay } from "../../_shell/signed-in";
import { TextLink } from "../../_words/entity-link";
import { actionState } from "../../_words/statuses";
import { ActionOutput } from "./action-output";
import { phasesOf } from "./action-phases";
import { isTodo } from "./progress";
import type { SessionAction, SessionDetail } from "./session-view";

/** One action: its mark, its sentence, its bars, its time; opened, what its scripts said. */
export function ActionRow({ action, session }: { action: SessionAction; session: SessionDetail }) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayOperate = useMay("operate");
  const isRunning = action.status === "running" || action.status === "verifying";
  const [opened, setOpened] = useState<boolean | null>(null);
  const open = opened ?? (isRunning || action.result === "failed");
  const rerun = useChange(trpc.sessions.rerunAction.mutationOptions(), {
    done: ({ started }) =>
      started ? "It runs again, in a session of its own." : "It is queued behind another session.",
    failed: "It was not run again.",
    onDone: ({ sessionId }) => router.push(`/sessions/${sessionId}`),
  });
  const state = actionState(action);
  const panelId = `action-${action.id}`;
  const hasOutput = session.jobs.some((job) => job.actionId === action.id);
  return (
    <li className="border-b border-line last:border-0">
      <div
        className={cn(
          "grid grid-cols-[26px_minmax(0,1fr)_auto] items-center gap-x-2.5 gap-y-1.5 px-3.5 py-[9px] sm:grid-cols-[26px_minmax(0,1fr)_210px_92px]",
          isRunning && "bg-run-soft",
        )}
      >
        <StatusMark tone={state.tone} label={state.label} />
        <div className="min-w-0">
          <p className="font-[560]">
            {action.itemName}{" "}
            {(action.resultVersion ?? action.wantedVersion) ? (
              <span className="font-normal">{action.resultVersion ?? action.wantedVersion}</span>
            ) : null}
          </p>
          <p className="text-[12.5px] text-ink-2">
            {action.sentence}
            {action.deploymentId ? (
              <>
                {" "}
                <TextLink href={`/deployments/${action.deploymentId}`}>#{action.deploymentId}</TextLink>
              </>
            ) : null}
          </p>
          {action.resultReason ? (
            <p className={cn("text-[12.5px]", action.result === "failed" ? "text-bad" : "text-ink-2")}>
              {action.resultReason}
            </p>
          ) : null}
          {action.attempt > 1 ? <p className="text-xs text-ink-3">Attempt {action.attempt}</p> : null}
        </div>
        <div className="col-span-2 col-start-2 grid grid-cols-3 gap-1 sm:col-span-1 sm:col-start-auto">
          {phasesOf(action).map((phase, index) => (
            <div key={`${phase.label}${String(index)}`}>
              <span aria-hidden className="mb-[3px] block text-2xs text-ink-3">
                {phase.label}
              </span>
              <ProgressBar label={`${phase.label} ${action.itemName}`} value={phase.value} tone={phase.tone} />
            </div>
          ))}
        </div>
        <div className="col-start-3 row-start-1 flex items-center justify-end gap-1 text-ink-3 sm:col-start-4">
          <ActionTime action={action} />
          {mayOperate && session.endedAt && action.result === "failed" ? (
            <Button
              look="quiet"
              size="small-icon"
              aria-label={`Run ${action.itemName} again`}
              busy={rerun.isPending}
              onClick={() => rerun.mutate({ actionId: action.id })}
            >
              <RotateCcw aria-hidden />
            </Button>
          ) : null}
          {hasOutput ? (
            <Button
              look="quiet"
              size="small-icon"
              aria-expanded={open}
              aria-controls={panelId}
              aria-label={`Output of ${action.itemName}`}
              onClick={() => setOpened(!open)}
            >
              <ChevronDown aria-hidden className={cn("transition-transform", open && "rotate-180")} />
            </Button>
          ) : null}
        </div>
      </div>
      <div id={panelId}>
        {hasOutput && open ? (
          <ActionOutput sessionId={session.id} actionId={action.id} live={isRunning} name={action.itemName} />
        ) : null}
      </div>
    </li>
  );
}

function ActionTime({ action }: { action: SessionAction }) {
  const runs = action.startedAt !== null && action.endedAt === null;
  const nowMs = useSeconds(runs);
  if (action.startedAt === null) return isTodo(action) ? <span className="sr-only">not started</span> : null;
  return (
    <span suppressHydrationWarning>
      {formatStopwatch((action.endedAt?.getTime() ?? nowMs) - action.startedAt.getTime())}
    </span>
  );
}
