import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { itemFilterKeys, itemsInput } from "../software/_list/input";
import { ItemsTable } from "../software/_list/items-table";

export const metadata: Metadata = { title: "Tasks" };

export default async function TasksPage({ searchParams }: { searchParams: Promise<Query> }) {
  await openPage("/tasks");
  const state = readListState(await searchParams, itemFilterKeys);
  await prefetch(trpc.items.list.queryOptions(itemsInput(state, "task")));
  return (
    <Hydrate>
      <PageHeader title="Tasks">What can be tested, set and recorded on a computer.</PageHeader>
      <ItemsTable kind="task" />
    </Hydrate>
  );
}
