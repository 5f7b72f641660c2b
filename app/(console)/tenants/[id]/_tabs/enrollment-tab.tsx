"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { EmptyState } from "@/app/_ui/empty-state";
import { Pill } from "@/app/_ui/pill";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";
import { useNow } from "@/app/_ui/viewer";
import type { TenantDetail } from "../tenant-view";

type Key = Outputs["enrollmentKeys"]["list"][number];

/** The keys with which machines join this tenant or one below it. */
export function EnrollmentTab({ tenant }: { tenant: TenantDetail }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.enrollmentKeys.list.queryOptions({ tenantId: tenant.id }));
  const [revoked, setRevoked] = useState<Key | null>(null);
  const revoke = useChange(trpc.enrollmentKeys.revoke.mutationOptions(), {
    done: "The key enrols nothing any more.",
    failed: "The key was not revoked.",
    onDone: () => setRevoked(null),
  });
  return (
    <Card title="Enrolment keys" hint="a machine joins with one of them, and needs it once">
      <QueryGate query={query} what="The enrolment keys">
        {(keys) =>
          keys.length === 0 ? (
            <EmptyState icon={KeyRound} title="No key works here.">
              “Add a computer” makes one and shows the line to run on the machine.
            </EmptyState>
          ) : (
            <ul>
              {keys.map((key) => (
                <KeyRow key={key.id} enrollmentKey={key} tenant={tenant} onRevoke={() => setRevoked(key)} />
              ))}
            </ul>
          )
        }
      </QueryGate>
      <ConfirmDialog
        open={revoked !== null}
        onOpenChange={(open) => !open && setRevoked(null)}
        title={`Revoke “${revoked?.label}”?`}
        confirmLabel="Revoke"
        busy={revoke.isPending}
        onConfirm={() => revoked && revoke.mutate({ id: revoked.id })}
      >
        <p>No further machine enrols with it. The machines that did stay and keep working.</p>
      </ConfirmDialog>
    </Card>
  );
}

function KeyRow({
  enrollmentKey,
  tenant,
  onRevoke,
}: {
  enrollmentKey: Key;
  tenant: TenantDetail;
  onRevoke: () => void;
}) {
  const now = useNow();
  const { label, tenantId, tenantName, createdAt, createdByName, expiresAt } = enrollmentKey;
  const isExpired = expiresAt !== null && expiresAt.getTime() <= now;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3.5 py-2 last:border-0">
      <span className="font-[540]">{label}</span>
      {tenantId === tenant.id ? null : <span className="text-ink-2">{tenantName}</span>}
      <span className="text-ink-3">
        made <Time at={createdAt} /> {createdByName ? `by ${createdByName}` : null}
      </span>
      <span className="ml-auto flex items-center gap-3">
        {isExpired ? (
          <Pill tone="off">expired</Pill>
        ) : (
          <span className="text-ink-2">
            {expiresAt ? (
              <>
                works until <Time at={expiresAt} show="full" />
              </>
            ) : (
              "never expires"
            )}
          </span>
        )}
        <Button size="small" look="danger" aria-label={`Revoke ${label}`} onClick={onRevoke}>
          Revoke…
        </Button>
      </span>
    </li>
  );
}
