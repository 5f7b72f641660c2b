"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { ActionOutput } from "./action-output";
import type { SessionDetail } from "./session-view";

/** Everything that any script of the session said, inventory and detection included. */
export function SessionOutputCard({ session }: { session: SessionDetail }) {
  const [open, setOpen] = useState(false);
  if (session.jobs.length === 0) return null;
  return (
    <Card
      title="Whole output"
      hint="of every job, detection included"
      className="overflow-hidden"
      aside={
        <Button look="quiet" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide" : "Show"}
        </Button>
      }
    >
      {open ? <ActionOutput sessionId={session.id} live={session.status === "running"} name="the session" /> : null}
    </Card>
  );
}
