"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { countOf } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { useMay } from "./signed-in";

/** Whether anything is sent to machines, and the switch that holds all of it. */
export function StopAll() {
  const trpc = useTRPC();
  const [asking, setAsking] = useState(false);
  const status = useQuery(trpc.system.status.queryOptions()).data;
  const live = useQuery(trpc.sessions.list.queryOptions({ limit: 1, live: true })).data;
  const mayStop = useMay("administer");
  const onDone = () => setAsking(false);
  const stop = useChange(trpc.system.stopAll.mutationOptions(), {
    done: "Everything is held. Nothing more is sent to any machine.",
    failed: "It was not stopped.",
    onDone,
  });
  const resume = useChange(trpc.system.resume.mutationOptions(), {
    done: "Work goes out to the machines again.",
    failed: "It was not resumed.",
    onDone,
  });
  if (!status) return null;
  return (
    <>
      {status.stopped ? (
        <Pill tone="bad">Everything is held</Pill>
      ) : (
        <Pill tone="ok" mark={false} className="max-lg:hidden">
          <span aria-hidden className="size-2 rounded-full bg-ok" />
          All systems running
        </Pill>
      )}
      {mayStop && status.stopped ? (
        <Button look="primary" busy={resume.isPending} onClick={() => resume.mutate()}>
          Resume
        </Button>
      ) : null}
      {mayStop && !status.stopped ? (
        <Button look="danger" onClick={() => setAsking(true)}>
          Stop all…
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Hold everything?"
        confirmLabel="Stop all"
        busy={stop.isPending}
        onConfirm={() => stop.mutate()}
      >
        <p>
          Within seconds nothing more is sent to any machine of any tenant, until someone resumes it.
          {live && live.total > 0 ? ` ${countOf(live.total, "session")} not ended yet will wait where they are.` : ""}
        </p>
        <p>A script that a machine is running at this moment runs to its end.</p>
      </ConfirmDialog>
    </>
  );
}
