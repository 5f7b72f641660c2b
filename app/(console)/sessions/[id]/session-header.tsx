"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { countOf } from "@/app/_ui/format";
import { PageHeader } from "@/app/_ui/page-header";
import { Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { useMay } from "../../_shell/signed-in";
import { StatusPill } from "../../_words/status-pill";
import { sessionKinds, sessionStatuses } from "../../_words/statuses";
import { causeOf } from "../_list/columns";
import { PostponeDialog } from "./postpone-dialog";
import { progressOf } from "./progress";
import type { SessionDetail } from "./session-view";

type Open = "cancel" | "postpone" | "run-now" | null;

export function SessionHeader({ session }: { session: SessionDetail }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [open, setOpen] = useState<Open>(null);
  const mayOperate = useMay("operate");
  const change = (which: Open) => (isOpen: boolean) => setOpen(isOpen ? which : null);
  const onDone = () => setOpen(null);
  const cancel = useChange(trpc.sessions.cancel.mutationOptions(), {
    done: "The session is cancelled.",
    failed: "The session was not cancelled.",
    onDone,
  });
  const runNow = useChange(trpc.sessions.runNow.mutationOptions(), {
    done: "It starts now.",
    failed: "It was not started.",
    onDone,
  });
  const again = useChange(trpc.sessions.start.mutationOptions(), {
    done: "Another session was started.",
    failed: "No session was started.",
    onDone: ({ sessionId }) => router.push(`/sessions/${sessionId}`),
  });
  const { todo, doneCount, runningNumber } = progressOf(session);
  const isWaiting = session.status === "pending-execution" || session.status === "postponed";
  const hasEnded = session.endedAt !== null;
  const detail =
    session.status === "running" && runningNumber !== null ? `${runningNumber} of ${todo.length}` : undefined;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: session.tenantName, href: `/tenants/${session.tenantId}` },
          ...(session.computerId
            ? [{ label: session.computerName ?? "Computer", href: `/computers/${session.computerId}` }]
            : []),
          { label: `Session ${session.id}` },
        ]}
        title={`Maintenance on ${session.computerName ?? session.tenantName}`}
        status={
          <>
            <StatusPill said={sessionStatuses[session.status]} {...(detail ? { detail } : {})} />
            <Tag>{sessionKinds[session.kind].toLowerCase()}</Tag>
            {session.itemName ? <Tag>{session.itemName}</Tag> : null}
            <Tag>{causeOf(session)}</Tag>
          </>
        }
        actions={
          mayOperate ? (
            <>
              {isWaiting ? (
                <>
                  <Button look="primary" onClick={() => setOpen("run-now")}>
                    Run now
                  </Button>
                  <Button onClick={() => setOpen("postpone")}>Postpone…</Button>
                </>
              ) : null}
              {hasEnded ? (
                session.computerId === null ? null : (
                  <Button
                    busy={again.isPending}
                    onClick={() =>
                      again.mutate({
                        computerId: session.computerId ?? 0,
                        kind: session.kind,
                        itemId: session.itemId,
                        options: session.options,
                      })
                    }
                  >
                    Run again
                  </Button>
                )
              ) : (
                <Button look="danger" onClick={() => setOpen("cancel")}>
                  Cancel session
                </Button>
              )}
            </>
          ) : null
        }
      >
        <StatusSentence session={session} />
      </PageHeader>
      <ConfirmDialog
        open={open === "cancel"}
        onOpenChange={change("cancel")}
        title="Cancel this session?"
        confirmLabel="Cancel session"
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate({ sessionId: session.id })}
      >
        <p>
          {runningNumber === null
            ? `Nothing more happens on ${session.computerName ?? session.tenantName}.`
            : `The running script on ${session.computerName} is ended; an installer cut off in the middle may leave its traces.`}{" "}
          {todo.length - doneCount > 0 ? `${countOf(todo.length - doneCount, "action")} will not be done. ` : ""}
          What is done stays done. This concerns one computer, and this occurrence only.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={open === "run-now"}
        onOpenChange={change("run-now")}
        title="Start it now?"
        confirmLabel="Run now"
        harmless
        busy={runNow.isPending}
        onConfirm={() => runNow.mutate({ sessionId: session.id })}
      >
        <p>
          {countOf(todo.length, "action")} will run on {session.computerName ?? session.tenantName} at once, while
          someone may be working there. The plan is verified once more before.
        </p>
      </ConfirmDialog>
      <PostponeDialog session={session} open={open === "postpone"} onOpenChange={change("postpone")} />
    </>
  );
}

function StatusSentence({ session }: { session: SessionDetail }) {
  const zone = session.computerTimeZone;
  const { statusReason, executionAt, executionStartedAt, startedAt, endedAt } = session;
  return (
    <p>
      {startedAt ? (
        <>
          Started <Time at={startedAt} show="near" computerZone={zone} />.{" "}
        </>
      ) : (
        "Not started yet. "
      )}
      {executionStartedAt ? (
        <>
          Execution began <Time at={executionStartedAt} show="near" computerZone={zone} />.{" "}
        </>
      ) : executionAt && !endedAt ? (
        <>
          Executes <Time at={executionAt} show="both" computerZone={zone} />.{" "}
        </>
      ) : null}
      {endedAt ? (
        <>
          Ended <Time at={endedAt} show="both" computerZone={zone} />.{" "}
        </>
      ) : null}
      {statusReason}
    </p>
  );
}
