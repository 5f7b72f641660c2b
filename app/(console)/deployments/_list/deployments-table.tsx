"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { type Outputs, useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button";
import { DataTable } from "@/app/_ui/data-table/data-table";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { Pill, Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { useMay } from "../../_shell/signed-in";
import { useTenantId } from "../../_shell/tenant-scope";
import { desiredStates } from "../../_words/desired-states";
import { EntityLink } from "../../_words/entity-link";
import { optionsOf } from "../../_words/statuses";
import { deploymentFilterKeys, deploymentsInput } from "./input";

type Row = Outputs["deployments"]["list"]["rows"][number];

const scopes = {
  individual: "One computer or person",
  tenant: "One tenant",
  "cross-tenant": "Across tenants",
  tenants: "Tenants",
};

const columns: readonly DataColumn<Row>[] = [
  {
    id: "sentence",
    header: "What it says",
    isMain: true,
    csv: (row) => row.sentence,
    className: "max-w-[min(62vw,640px)]",
    cell: (row) => (
      <span className="flex items-center gap-2">
        <span className="text-ink-3">#{row.id}</span>
        <span className="truncate" title={row.sentence}>
          <EntityLink main href={`/deployments/${row.id}`}>
            {row.sentence}
          </EntityLink>
        </span>
      </span>
    ),
  },
  {
    id: "item",
    header: "Item",
    sortBy: "item",
    csv: (row) => row.itemName,
    cell: (row) => (
      <EntityLink href={`/${row.itemKind === "task" ? "tasks" : "software"}/${row.itemId}`}>{row.itemName}</EntityLink>
    ),
  },
  {
    id: "state",
    header: "Should be",
    csv: (row) => [desiredStates[row.desiredState], row.version].filter(Boolean).join(" "),
    cell: (row) => (
      <Tag>
        {desiredStates[row.desiredState]} {row.version}
      </Tag>
    ),
  },
  {
    id: "enabled",
    header: "State",
    csv: (row) => (row.enabled ? "enabled" : "disabled"),
    cell: (row) =>
      row.deletedAt ? (
        <Pill tone="bad">deleted</Pill>
      ) : row.enabled ? (
        <Pill tone="ok">in force</Pill>
      ) : (
        <Pill tone="off">disabled</Pill>
      ),
  },
  {
    id: "scope",
    header: "Scope",
    isHiddenAtFirst: true,
    csv: (row) => scopes[row.scope],
    cell: (row) => <span className="text-ink-2">{scopes[row.scope]}</span>,
  },
  {
    id: "updated",
    header: "Changed",
    sortBy: "updatedAt",
    csv: (row) => row.updatedAt.toISOString(),
    cell: (row) => <Time at={row.updatedAt} />,
  },
  {
    id: "author",
    header: "By",
    csv: (row) => row.createdByName,
    cell: (row) => <span className="text-ink-2">{row.createdByName ?? "the product"}</span>,
  },
];

const filters = [
  { key: "state", label: "Should be", options: optionsOf(desiredStates) },
  { key: "scope", label: "Scope", options: optionsOf(scopes) },
  {
    key: "kind",
    label: "Kind",
    isSingle: true,
    options: [
      { value: "software", label: "Software" },
      { value: "task", label: "Task" },
    ],
  },
  {
    key: "enabled",
    label: "State",
    isSingle: true,
    options: [
      { value: "yes", label: "In force" },
      { value: "no", label: "Disabled" },
    ],
  },
  { key: "deleted", label: "Deleted", isSingle: true, options: [{ value: "yes", label: "Only deleted ones" }] },
];

/** The rules, each as its sentence; of everything, or of one item. */
export function DeploymentsTable({ itemId }: { itemId?: number }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const tenantId = useTenantId();
  const mayOperate = useMay("operate");
  const list = useListState(deploymentFilterKeys);
  const input = deploymentsInput(list, tenantId, itemId);
  const query = useQuery(trpc.deployments.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const href = itemId === undefined ? "/deployments/new" : `/deployments/new?item=${itemId}`;
  return (
    <DataTable
      name="deployments"
      noun="deployments"
      searchLabel="Item, tenant, note or number"
      columns={columns}
      filters={filters}
      list={list}
      query={query}
      readPage={(page) => client.deployments.list.query({ ...input, ...page, direction: "next" })}
      empty={
        <EmptyState
          icon={Layers}
          title={itemId === undefined ? "Nothing is deployed yet." : "Nobody gets this."}
          action={
            mayOperate ? (
              <ButtonLink look="primary" href={href}>
                New deployment
              </ButtonLink>
            ) : null
          }
        >
          A deployment says what should be on which computers. Saving one changes no machine; the next session does.
        </EmptyState>
      }
    />
  );
}
