import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { itemFilterKeys, itemsInput } from "./_list/input";
import { ItemsTable } from "./_list/items-table";

export const metadata: Metadata = { title: "Software" };

export default async function SoftwarePage({ searchParams }: { searchParams: Promise<Query> }) {
  await openPage("/software");
  const state = readListState(await searchParams, itemFilterKeys);
  await prefetch(trpc.items.list.queryOptions(itemsInput(state, "software")));
  return (
    <Hydrate>
      <PageHeader title="Software">
        What can be installed, updated and removed: shipped with the product, or your own.
      </PageHeader>
      <ItemsTable kind="software" />
    </Hydrate>
  );
}
