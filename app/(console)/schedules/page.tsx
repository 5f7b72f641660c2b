import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { NewScheduleButton } from "./_actions/new-schedule-button";
import { scheduleFilterKeys, schedulesInput } from "./_list/input";
import { SchedulesTable } from "./_list/schedules-table";

export const metadata: Metadata = { title: "Schedules" };

export default async function SchedulesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/schedules");
  const state = readListState(await searchParams, scheduleFilterKeys);
  await prefetch(trpc.schedules.list.queryOptions(schedulesInput(state, tenantId)));
  return (
    <Hydrate>
      <PageHeader title="Schedules" actions={<NewScheduleButton />} />
      <SchedulesTable />
    </Hydrate>
  );
}
