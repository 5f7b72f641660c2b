"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { DataTable } from "@/app/_ui/data-table/data-table";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { useTenantId } from "../../_shell/tenant-scope";
import { NewScheduleButton } from "../_actions/new-schedule-button";
import { scheduleColumns } from "./columns";
import { scheduleFilterKeys, schedulesInput } from "./input";

const filters = [
  {
    key: "enabled",
    label: "State",
    isSingle: true,
    options: [
      { value: "yes", label: "On" },
      { value: "no", label: "Off" },
    ],
  },
  { key: "deleted", label: "Deleted", isSingle: true, options: [{ value: "yes", label: "Only deleted ones" }] },
];

/** What starts maintenance by itself. */
export function SchedulesTable() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const list = useListState(scheduleFilterKeys);
  const input = schedulesInput(list, useTenantId());
  const query = useQuery(trpc.schedules.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <DataTable
      name="schedules"
      noun="schedules"
      searchLabel="Name"
      columns={scheduleColumns}
      filters={filters}
      list={list}
      query={query}
      readPage={(page) => client.schedules.list.query({ ...input, ...page, direction: "next" })}
      empty={
        <EmptyState icon={CalendarClock} title="Nothing runs by itself yet." action={<NewScheduleButton />}>
          A schedule starts maintenance on its computers again and again. What it then does is what your deployments
          say.
        </EmptyState>
      }
    />
  );
}
