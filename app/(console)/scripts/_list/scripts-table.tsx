"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { SquareTerminal } from "lucide-react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { DataTable } from "@/app/_ui/data-table/data-table";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { optionsOf } from "../../_words/statuses";
import { origins } from "../../software/_item/item-words";
import { scriptColumns } from "./columns";
import { scriptFilterKeys, scriptsInput } from "./input";
import { languages } from "./script-words";

const filters = [
  { key: "origin", label: "Origin", options: optionsOf(origins), isSingle: true },
  { key: "language", label: "Language", options: optionsOf(languages), isSingle: true },
];

export function ScriptsTable() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const list = useListState(scriptFilterKeys);
  const input = scriptsInput(list);
  const query = useQuery(trpc.scripts.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <DataTable
      name="scripts"
      noun="scripts"
      searchLabel="Name or what it does"
      columns={scriptColumns}
      filters={filters}
      list={list}
      query={query}
      readPage={(page) => client.scripts.list.query({ ...input, ...page, direction: "next" })}
      empty={
        <EmptyState icon={SquareTerminal} title="There are no scripts yet.">
          The catalogue brings some when the server starts.
        </EmptyState>
      }
    />
  );
}
