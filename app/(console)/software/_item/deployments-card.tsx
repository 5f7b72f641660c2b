"use client";

import { useQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { countOf, formatNumber } from "@/app/_ui/format";
import { Pill, Tag } from "@/app/_ui/pill";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";
import { useNow } from "@/app/_ui/viewer";
import { useMay } from "../../_shell/signed-in";
import { useTenantId } from "../../_shell/tenant-scope";
import { desiredStates } from "../../_words/desired-states";
import { EntityLink } from "../../_words/entity-link";
import { deploymentsOfItem } from "./input";
import type { ItemDetail } from "./item-words";

/** Who gets the item: each deployment with the sentence it makes. */
export function DeploymentsCard({ item }: { item: ItemDetail }) {
  const trpc = useTRPC();
  const tenantId = useTenantId();
  const now = useNow();
  const mayDeploy = useMay("operate");
  const query = useQuery(trpc.deployments.list.queryOptions(deploymentsOfItem(item.id, tenantId)));
  const total = query.data?.total ?? 0;
  return (
    <Card
      title={item.kind === "task" ? "Where it runs" : "Who gets this"}
      hint={total > 0 ? countOf(total, "deployment") : null}
    >
      <QueryGate query={query} what="The deployments">
        {({ rows, nextCursor }) =>
          rows.length === 0 ? (
            <EmptyState
              icon={Layers}
              title={tenantId === null ? "No deployment wants it." : "No deployment wants it for this tenant."}
              action={
                mayDeploy ? <ButtonLink href={`/deployments/new?itemId=${item.id}`}>Deploy it…</ButtonLink> : null
              }
            >
              Until one does, no session touches it.
            </EmptyState>
          ) : (
            <ul>
              {rows.map((row) => (
                <li key={row.id} className="grid gap-0.5 border-b border-line px-3.5 py-2 last:border-0">
                  <EntityLink main href={`/deployments/${row.id}`}>
                    {row.sentence}
                  </EntityLink>
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-3">
                    #{row.id}
                    <Tag>
                      {desiredStates[row.desiredState]} {row.version}
                    </Tag>
                    {row.enabled ? null : <Pill tone="off">off</Pill>}
                    {row.origin === "recommended" ? <Tag>recommended</Tag> : null}
                    {row.phase === "onboarding" ? <Tag>onboarding only</Tag> : null}
                    {row.effectiveFrom && row.effectiveFrom.getTime() > now ? (
                      <Pill tone="wait">
                        from <Time at={row.effectiveFrom} show="full" />
                      </Pill>
                    ) : null}
                    <span className="ml-auto">
                      changed <Time at={row.updatedAt} />
                    </span>
                  </span>
                </li>
              ))}
              {nextCursor ? (
                <li className="px-3.5 py-2 text-ink-3">The {formatNumber(rows.length)} changed last are shown.</li>
              ) : null}
            </ul>
          )
        }
      </QueryGate>
    </Card>
  );
}
