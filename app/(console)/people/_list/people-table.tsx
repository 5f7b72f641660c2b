"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { DataTable } from "@/app/_ui/data-table/data-table";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { useMay } from "../../_shell/signed-in";
import { useTenantId } from "../../_shell/tenant-scope";
import { TagMenu } from "../../computers/_dialogs/tag-menu";
import { NewPersonButton } from "../_dialogs/new-person-button";
import { personColumns } from "./columns";
import { peopleFilterKeys, peopleInput } from "./input";

const filters = [{ key: "state", label: "State", isSingle: true, options: [{ value: "archived", label: "Archived" }] }];

/** People in view, or those of one tenant and what is below it. */
export function PeopleTable({ ofTenant }: { ofTenant?: { id: number; name: string } }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const scope = useTenantId();
  const mayTag = useMay("operate");
  const list = useListState(peopleFilterKeys);
  const input = peopleInput(list, ofTenant?.id ?? scope);
  const query = useQuery(trpc.people.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <DataTable
      name="people"
      noun="people"
      searchLabel="Name, UPN or mail"
      columns={personColumns}
      filters={filters}
      list={list}
      query={query}
      readPage={(page) => client.people.list.query({ ...input, ...page, direction: "next" })}
      actions={ofTenant ? <NewPersonButton tenant={ofTenant} small /> : null}
      empty={
        <EmptyState icon={Users} title="Nobody is here yet.">
          People are whom maintenance is announced to. They come from a linked directory, or are added by hand.
        </EmptyState>
      }
      bulkActions={mayTag ? (rows) => <TagMenu holder="person" holderIds={rows.map((row) => row.id)} /> : undefined}
    />
  );
}
