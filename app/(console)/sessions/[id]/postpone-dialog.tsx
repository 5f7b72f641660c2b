"use client";

import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { Input } from "@/app/_ui/input";
import { Time } from "@/app/_ui/time";
import type { SessionDetail } from "./session-view";

const words = { "1h": "By 1 hour", "2h": "By 2 hours", "4h": "By 4 hours", tomorrow: "To tomorrow" } as const;

/** Moves the execution. A technician's postponement is not counted against the user's. */
export function PostponeDialog({
  session,
  open,
  onOpenChange,
}: {
  session: SessionDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const trpc = useTRPC();
  const [moment, setMoment] = useState("");
  const postpone = useChange(trpc.sessions.postpone.mutationOptions(), {
    done: "It is postponed.",
    failed: "It was not postponed.",
    quiet: true,
    onDone: () => onOpenChange(false),
  });
  const chosen = new Date(moment);
  const isChosen = moment !== "" && !Number.isNaN(chosen.getTime());
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Postpone this session"
      description="The user is not asked, and it does not count against their own postponements."
      onSubmit={() => isChosen && postpone.mutate({ sessionId: session.id, to: chosen })}
      footer={
        <>
          {postpone.problem ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {postpone.problem.why}
            </p>
          ) : null}
          <Button type="submit" disabled={!isChosen} busy={postpone.isPending}>
            Postpone to that time
          </Button>
        </>
      }
    >
      <ul className="grid gap-1.5">
        {session.postponeChoices.map((choice) => (
          <li key={choice.id}>
            <Button
              className="w-full justify-between"
              onClick={() => postpone.mutate({ sessionId: session.id, to: choice.id })}
            >
              {words[choice.id]}
              <span className="font-normal text-ink-3">
                <Time at={choice.at} show="near" computerZone={session.computerTimeZone} />
              </span>
            </Button>
          </li>
        ))}
      </ul>
      <Field label="Or to a time of your choice" help="In your own time zone.">
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={moment}
            onChange={(event) => setMoment(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
