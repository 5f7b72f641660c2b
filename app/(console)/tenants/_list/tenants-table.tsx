"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { DataTable } from "@/app/_ui/data-table/data-table";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { useMay } from "../../_shell/signed-in";
import { useTenantId } from "../../_shell/tenant-scope";
import { optionsOf } from "../../_words/statuses";
import { TagMenu } from "../../computers/_dialogs/tag-menu";
import { tenantColumns } from "./columns";
import { tenantFilterKeys, tenantsInput } from "./input";
import { tenantKinds } from "./tenant-kinds";

const filters = [
  { key: "kind", label: "Kind", options: optionsOf(tenantKinds) },
  { key: "state", label: "State", isSingle: true, options: [{ value: "archived", label: "Archived" }] },
];

export function TenantsTable() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const tenantId = useTenantId();
  const mayTag = useMay("operate");
  const list = useListState(tenantFilterKeys);
  const input = tenantsInput(list, tenantId);
  const query = useQuery(trpc.tenants.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <DataTable
      name="tenants"
      noun="tenants"
      searchLabel="Name"
      columns={tenantColumns}
      filters={filters}
      list={list}
      query={query}
      readPage={(page) => client.tenants.list.query({ ...input, ...page, direction: "next" })}
      empty={
        <EmptyState icon={Building2} title="No tenants here.">
          A customer is added with “New tenant”; its sites are added below it.
        </EmptyState>
      }
      bulkActions={mayTag ? (rows) => <TagMenu holder="tenant" holderIds={rows.map((row) => row.id)} /> : undefined}
    />
  );
}
