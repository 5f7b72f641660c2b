"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "@/app/_ui/page-header";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";
import { useTenantId } from "../_shell/tenant-scope";
import { ComplianceCard } from "./compliance-card";
import { DecisionsCard } from "./decisions-card";
import { FailingCard } from "./failing-card";
import { FirstSteps } from "./first-steps";
import { Greeting } from "./greeting";
import { KeyFigures } from "./key-figures";
import { OfflineCard } from "./offline-card";
import { RunningCard } from "./running-card";
import { TonightCard } from "./tonight-card";

export type Summary = Outputs["dashboard"]["summary"];

/** What needs a person first, then how things are. */
export function Dashboard() {
  const trpc = useTRPC();
  const tenantId = useTenantId();
  const query = useQuery(trpc.dashboard.summary.queryOptions({ tenantId }, { placeholderData: keepPreviousData }));
  return (
    <>
      <PageHeader
        title={<Greeting />}
        actions={
          query.data ? (
            <span className="text-ink-3">
              Updated live, <Time at={query.data.readAt} />
            </span>
          ) : null
        }
      />
      <QueryGate query={query} what="The dashboard">
        {(summary) =>
          summary.counts.computers === 0 ? (
            <FirstSteps />
          ) : (
            <>
              <KeyFigures summary={summary} />
              <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1.55fr)_minmax(0,1fr)]">
                <div className="grid min-w-0 gap-4">
                  <FailingCard failing={summary.failing} />
                  <DecisionsCard decisions={summary.decisions} />
                  <OfflineCard offline={summary.offlineLong} />
                </div>
                <div className="grid min-w-0 gap-4">
                  <TonightCard tonight={summary.tonight} />
                  <RunningCard running={summary.running} />
                  <ComplianceCard compliance={summary.compliance} />
                </div>
              </div>
            </>
          )
        }
      </QueryGate>
    </>
  );
}
