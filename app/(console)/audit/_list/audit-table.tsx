"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import { type Outputs, useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { DataTable } from "@/app/_ui/data-table/data-table";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { formatWord } from "@/app/_ui/format";
import { Time } from "@/app/_ui/time";
import { useTenantId } from "../../_shell/tenant-scope";
import { EntryDialog } from "./entry-dialog";
import { auditedEntities, auditFilterKeys, auditInput } from "./input";

export type AuditRow = Outputs["audit"]["list"]["rows"][number];

const actorWords: Record<AuditRow["actorKind"], string> = {
  user: "",
  agent: "agent",
  recipient: "by link",
  system: "the product",
};

const filters = [
  {
    key: "entity",
    label: "About",
    isSingle: true,
    options: auditedEntities.map((entity) => ({ value: entity, label: formatWord(entity) })),
  },
  {
    key: "by",
    label: "By",
    isSingle: true,
    options: [
      { value: "user", label: "Users of the console" },
      { value: "recipient", label: "Readers of mails" },
      { value: "agent", label: "Agents" },
      { value: "system", label: "The product itself" },
    ],
  },
];

const columnsWith = (open: (row: AuditRow) => void): readonly DataColumn<AuditRow>[] => [
  {
    id: "action",
    header: "What",
    isMain: true,
    csv: (row) => row.action,
    cell: (row) => (
      <button type="button" className="rounded-sm font-[540] hover:underline" onClick={() => open(row)}>
        {formatWord(row.action.replace(".", " · "))}
      </button>
    ),
  },
  {
    id: "entity",
    header: "Of",
    csv: (row) => `${row.entity} ${row.entityId}`,
    cell: (row) => (
      <span className="inline-block max-w-[280px] truncate align-bottom text-ink-2">
        {row.entity} <span className="text-ink-3">{row.entityId}</span>
      </span>
    ),
  },
  {
    id: "actor",
    header: "Who",
    csv: (row) => row.actorName,
    cell: (row) => (
      <>
        {row.actorName} <span className="text-ink-3">{actorWords[row.actorKind]}</span>
      </>
    ),
  },
  {
    id: "tenant",
    header: "Tenant",
    csv: (row) => row.tenantName,
    cell: (row) => <span className="text-ink-2">{row.tenantName ?? "all"}</span>,
  },
  {
    id: "address",
    header: "From",
    csv: (row) => row.address,
    cell: (row) => <span className="font-mono text-xs text-ink-3">{row.address ?? "–"}</span>,
  },
  { id: "at", header: "When", csv: (row) => row.at.toISOString(), cell: (row) => <Time at={row.at} show="full" /> },
];

/** Who did what, of everything in view or of one thing. */
export function AuditTable({ of }: { of?: { entity: string; entityId: string } }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const scope = useTenantId();
  const list = useListState(auditFilterKeys);
  const [shown, setShown] = useState<AuditRow | null>(null);
  const [columns] = useState(() => columnsWith(setShown));
  const input = auditInput(list, of ? null : scope, of);
  const query = useQuery(trpc.audit.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <>
      <DataTable
        name="audit"
        noun="entries"
        searchLabel="Who, what or which"
        columns={columns}
        filters={of ? filters.slice(1) : filters}
        list={list}
        query={query}
        readPage={(page) => client.audit.list.query({ ...input, ...page, direction: "next" })}
        empty={
          <EmptyState icon={ScrollText} title="Nothing was changed yet.">
            Every change is written down here: who, what, before and after, from where.
          </EmptyState>
        }
      />
      <EntryDialog entry={shown} onClose={() => setShown(null)} />
    </>
  );
}
