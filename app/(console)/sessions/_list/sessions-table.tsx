"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button";
import { DataTable } from "@/app/_ui/data-table/data-table";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { useTenantId } from "../../_shell/tenant-scope";
import { optionsOf, sessionKinds, sessionStatuses } from "../../_words/statuses";
import { sessionColumns, sessionColumnsOfComputer } from "./columns";
import { sessionFilterKeys, sessionsInput } from "./input";

const filters = [
  {
    key: "live",
    label: "Now",
    isSingle: true,
    options: [
      { value: "yes", label: "Not ended" },
      { value: "no", label: "Ended" },
    ],
  },
  { key: "status", label: "Status", options: optionsOf(sessionStatuses) },
  { key: "kind", label: "Kind", options: optionsOf(sessionKinds) },
];

/** Sessions, of everything in view or of one computer. */
export function SessionsTable({ computerId }: { computerId?: number }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const scope = useTenantId();
  const list = useListState(sessionFilterKeys);
  const input = sessionsInput(list, computerId === undefined ? scope : null, computerId);
  const query = useQuery(trpc.sessions.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <DataTable
      name={computerId === undefined ? "sessions" : "computer-sessions"}
      noun="sessions"
      searchLabel={computerId === undefined ? "Computer or session number" : "Session number"}
      columns={computerId === undefined ? sessionColumns : sessionColumnsOfComputer}
      filters={filters}
      list={list}
      query={query}
      readPage={(page) => client.sessions.list.query({ ...input, ...page, direction: "next" })}
      empty={
        <EmptyState
          icon={Activity}
          title="No session has run yet."
          action={computerId === undefined ? <ButtonLink href="/computers">To the computers</ButtonLink> : null}
        >
          A session is one maintenance of one computer. Start one by hand, or let a schedule do it.
        </EmptyState>
      }
    />
  );
}
