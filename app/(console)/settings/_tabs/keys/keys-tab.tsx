"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { DataTable } from "@/app/_ui/data-table/data-table";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { Pill } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { useNow } from "@/app/_ui/viewer";
import { useTenantId } from "../../../_shell/tenant-scope";
import { EntityLink } from "../../../_words/entity-link";
import { CreateKeyDialog } from "./create-key-dialog";
import { keyFilterKeys, keysInput } from "./input";

type KeyRow = Outputs["enrollmentKeys"]["list"][number];

const filters = [
  { key: "revoked", label: "Revoked", isSingle: true, options: [{ value: "yes", label: "Show revoked keys too" }] },
];

const columnsWith = (revoke: (row: KeyRow) => void): readonly DataColumn<KeyRow>[] => [
  {
    id: "label",
    header: "For",
    isMain: true,
    csv: (row) => row.label,
    cell: (row) => <span className="font-[540]">{row.label}</span>,
  },
  {
    id: "tenant",
    header: "Tenant",
    csv: (row) => row.tenantName,
    cell: (row) => <EntityLink href={`/tenants/${row.tenantId}`}>{row.tenantName}</EntityLink>,
  },
  { id: "state", header: "State", cell: (row) => <KeyState row={row} /> },
  {
    id: "expires",
    header: "Expires",
    csv: (row) => row.expiresAt?.toISOString(),
    cell: (row) => <Time at={row.expiresAt} />,
  },
  {
    id: "created",
    header: "Made",
    csv: (row) => row.createdAt.toISOString(),
    cell: (row) => (
      <span className="text-ink-2">
        <Time at={row.createdAt} /> {row.createdByName ? `by ${row.createdByName}` : ""}
      </span>
    ),
  },
  {
    id: "revoke",
    header: "Revoke",
    align: "right",
    cell: (row) =>
      row.revokedAt ? null : (
        <Button size="small" look="danger" aria-label={`Revoke the key ${row.label}`} onClick={() => revoke(row)}>
          Revoke…
        </Button>
      ),
  },
];

function KeyState({ row }: { row: KeyRow }) {
  const now = useNow();
  if (row.revokedAt) return <Pill tone="off">Revoked</Pill>;
  if (row.expiresAt && row.expiresAt.getTime() <= now) return <Pill tone="off">Expired</Pill>;
  return <Pill tone="ok">Works</Pill>;
}

/** The keys with which machines enrol. The keys themselves are not kept, so they can only be made and revoked. */
export function KeysTab() {
  const trpc = useTRPC();
  const list = useListState(keyFilterKeys);
  const [making, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<KeyRow | null>(null);
  const [columns] = useState(() => columnsWith(setRevoked));
  const { data, ...query } = useQuery(trpc.enrollmentKeys.list.queryOptions(keysInput(list, useTenantId())));
  const page = useMemo(
    () => data && { rows: data, nextCursor: null, previousCursor: null, total: data.length, totalIsAtLeast: false },
    [data],
  );
  const revoke = useChange(trpc.enrollmentKeys.revoke.mutationOptions(), {
    done: "No machine enrols with that key any more.",
    failed: "The key was not revoked.",
    onDone: () => setRevoked(null),
  });
  const makeButton = (
    <Button look="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden /> Make a key
    </Button>
  );
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <p className="max-w-[70ch] flex-1 text-ink-2">
          A machine that has a tenant's key may join that tenant. Give each use a key of its own, so that it can be
          revoked alone.
        </p>
        {makeButton}
      </div>
      <DataTable
        name="enrolment-keys"
        noun="keys"
        searchLabel={null}
        columns={columns}
        filters={filters}
        list={list}
        query={{ ...query, data: page }}
        empty={
          <EmptyState icon={KeyRound} title="There is no key that works." action={makeButton}>
            Machines enrol with a key of their tenant.
          </EmptyState>
        }
      />
      <CreateKeyDialog open={making} onOpenChange={setMaking} />
      <ConfirmDialog
        open={revoked !== null}
        onOpenChange={(open) => !open && setRevoked(null)}
        title={`Revoke the key “${revoked?.label ?? ""}”?`}
        confirmLabel="Revoke"
        busy={revoke.isPending}
        onConfirm={() => revoked && revoke.mutate({ id: revoked.id })}
      >
        <p>
          No further machine joins {revoked?.tenantName} with it, and it cannot be brought back. Machines that joined
          with it stay.
        </p>
      </ConfirmDialog>
    </>
  );
}
