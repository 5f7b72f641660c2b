"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Check, LayoutGrid } from "lucide-react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { DataTable } from "@/app/_ui/data-table/data-table";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { optionsOf, osFamilies } from "../../_words/statuses";
import { origins } from "../_item/item-words";
import { softwareColumns, taskColumns } from "./columns";
import { itemFilterKeys, itemsInput } from "./input";

const filters = [
  { key: "origin", label: "Origin", options: optionsOf(origins), isSingle: true },
  { key: "os", label: "Works on", options: optionsOf(osFamilies), isSingle: true },
];

/** Everything that can be deployed, of one kind. */
export function ItemsTable({ kind }: { kind: "software" | "task" }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const list = useListState(itemFilterKeys);
  const input = itemsInput(list, kind);
  const query = useQuery(trpc.items.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const isTask = kind === "task";
  return (
    <DataTable
      name={isTask ? "tasks" : "software"}
      noun={isTask ? "tasks" : "software items"}
      searchLabel={isTask ? "Name" : "Name or publisher"}
      columns={isTask ? taskColumns : softwareColumns}
      filters={filters}
      list={list}
      query={query}
      readPage={(page) => client.items.list.query({ ...input, ...page, direction: "next" })}
      empty={
        <EmptyState
          icon={isTask ? Check : LayoutGrid}
          title={isTask ? "There are no tasks yet." : "There is no software yet."}
        >
          The catalogue is read when the server starts; its log says what it found.
        </EmptyState>
      }
    />
  );
}
