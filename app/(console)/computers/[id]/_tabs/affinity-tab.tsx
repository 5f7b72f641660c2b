"use client";

import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { Pill } from "@/app/_ui/pill";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";

/** The UPNs that count, and whose computer it is by them. */
export function AffinityTab({ computerId }: { computerId: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.computers.affinity.queryOptions({ id: computerId }));
  return (
    <QueryGate query={query} what="The user affinity">
      {(affinity) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Card
            title="Last ten sign-ins"
            hint="newest first"
            aside={affinity.pinned ? <Pill tone="off">pinned by hand</Pill> : null}
          >
            <p className="border-b border-line px-3.5 py-3">{affinity.sentence}</p>
            {affinity.sightings.length === 0 ? (
              <EmptyState icon={Users} title="Nobody was seen here yet.">
                The computer is asked for its signed-in person while it is connected.
              </EmptyState>
            ) : (
              <ol>
                {affinity.sightings.map((sighting) => (
                  <li
                    key={`${sighting.upn}${sighting.seenAt.getTime()}`}
                    className="flex h-[34px] items-center border-b border-line px-3.5 last:border-0"
                  >
                    <span className="min-w-0 flex-1 truncate">{sighting.upn}</span>
                    <span className="text-ink-3">
                      <Time at={sighting.seenAt} />
                    </span>
                  </li>
                ))}
              </ol>
            )}
          </Card>
          <Card title="Changes of the primary person">
            {affinity.changes.length === 0 ? <EmptyState title="It has not changed." /> : null}
            <ol>
              {affinity.changes.map((change) => (
                <li key={change.id} className="border-b border-line px-3.5 py-2 last:border-0">
                  <p>
                    {change.fromPersonName ?? "Nobody"} →{" "}
                    <b className="font-[560]">{change.toPersonName ?? "nobody"}</b>
                    <span className="float-right text-ink-3">
                      <Time at={change.changedAt} />
                    </span>
                  </p>
                  <p className="text-xs text-ink-3">
                    {change.upns.length > 0 ? `Because of ${change.upns.join(", ")}` : "Decided by a person"}
                  </p>
                </li>
              ))}
            </ol>
          </Card>
        </div>
      )}
    </QueryGate>
  );
}
