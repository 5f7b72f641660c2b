"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { DataTable } from "@/app/_ui/data-table/data-table";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { useTenantId } from "../../_shell/tenant-scope";
import { emailKinds, emailStatuses, optionsOf } from "../../_words/statuses";
import { emailColumns } from "./columns";
import { emailFilterKeys, emailsInput } from "./input";

const filters = [
  { key: "status", label: "Status", options: optionsOf(emailStatuses) },
  { key: "kind", label: "Kind", options: optionsOf(emailKinds) },
];

/** Every mail the product wrote, newest first. */
export function OutboxTable() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const list = useListState(emailFilterKeys);
  const input = emailsInput(list, useTenantId());
  const query = useQuery(trpc.emails.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <DataTable
      name="outbox"
      noun="mails"
      searchLabel="Recipient or subject"
      columns={emailColumns}
      filters={filters}
      list={list}
      query={query}
      readPage={(page) => client.emails.list.query({ ...input, ...page, direction: "next" })}
      empty={
        <EmptyState icon={Mail} title="No mail was written yet.">
          Before and after maintenance the people concerned are told by mail; every one of them is kept here as it was
          sent.
        </EmptyState>
      }
    />
  );
}
