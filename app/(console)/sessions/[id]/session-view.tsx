"use client";

import { useQuery } from "@tanstack/react-query";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { QueryGate } from "@/app/_ui/query-gate";
import { ActionList } from "./action-list";
import { PlanCard } from "./plan-card";
import { SessionHeader } from "./session-header";
import { SessionOutputCard } from "./session-output-card";
import { StageStrip } from "./stage-strip";
import { TimelineCard } from "./timeline-card";

export type SessionDetail = Outputs["sessions"]["get"];
export type SessionAction = SessionDetail["actions"][number];

/** A session as it happens: where it is, what it does and why, what scripts say, who was told what. */
export function SessionView({ id }: { id: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.sessions.get.queryOptions({ id }));
  return (
    <QueryGate query={query} what="The session">
      {(session) => (
        <>
          <SessionHeader session={session} />
          <StageStrip session={session} />
          <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
            <div className="grid min-w-0 gap-4">
              <ActionList session={session} />
              <SessionOutputCard session={session} />
            </div>
            <aside aria-label="About this session" className="grid min-w-0 gap-4">
              <PlanCard session={session} />
              <TimelineCard session={session} />
            </aside>
          </div>
        </>
      )}
    </QueryGate>
  );
}
