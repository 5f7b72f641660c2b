"use client";

import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { DescriptionList } from "@/app/_ui/description-list";
import { EmptyState } from "@/app/_ui/empty-state";
import { OnlineDot, Pill } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { useMay } from "../../../_shell/signed-in";
import type { ComputerDetail } from "../computer-view";

/** The pathways to the computer; one that is online is enough. */
export function AgentsTab({ computer }: { computer: ComputerDetail }) {
  const trpc = useTRPC();
  const mayRevoke = useMay("administer");
  const [revoking, setRevoking] = useState<string | null>(null);
  const revoke = useChange(trpc.enrollmentKeys.revokeAgent.mutationOptions(), {
    done: "The agent has no access any more.",
    failed: "The agent was not revoked.",
    onDone: () => setRevoking(null),
  });
  if (computer.agents.length === 0) {
    return (
      <Card>
        <EmptyState title="No agent leads to this computer.">Enrol it with a key of its tenant.</EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {computer.agents.map((agent) => (
        <Card
          key={agent.id}
          title={agent.integrationName ?? "Evenkeel agent"}
          hint={agent.version}
          aside={
            <>
              {agent.revokedAt ? <Pill tone="bad">revoked</Pill> : <OnlineDot online={agent.connected} />}
              {mayRevoke && !agent.revokedAt ? (
                <Button size="small" look="danger" onClick={() => setRevoking(agent.id)}>
                  Revoke…
                </Button>
              ) : null}
            </>
          }
        >
          <DescriptionList
            items={[
              ["Connected", agent.connected ? <Time key="since" at={agent.connectedAt} /> : "no"],
              ["Last seen", <Time key="seen" at={agent.lastSeenAt} computerZone={computer.timeZone} />],
              ["Enrolled", <Time key="enrolled" at={agent.enrolledAt} show="full" />],
              ["Host name", agent.facts?.hostName ?? null],
              [
                "Id",
                <span key="id" className="font-mono text-xs">
                  {agent.id}
                </span>,
              ],
            ]}
          />
        </Card>
      ))}
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title="Revoke this agent?"
        confirmLabel="Revoke"
        busy={revoke.isPending}
        onConfirm={() => revoking && revoke.mutate({ agentId: revoking })}
      >
        <p>
          Its connection is closed and its jobs are called off. {computer.name} stays, but is reached no more through
          it; to come back it must be enrolled again.
        </p>
      </ConfirmDialog>
    </div>
  );
}
