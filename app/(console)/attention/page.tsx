import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { ComputersTable } from "../computers/_list/computers-table";
import { computerFilterKeys, computersInput } from "../computers/_list/input";

export const metadata: Metadata = { title: "Needs attention" };

export default async function AttentionPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/attention");
  const state = readListState(await searchParams, computerFilterKeys);
  await prefetch(trpc.computers.list.queryOptions(computersInput(state, tenantId, true)));
  return (
    <Hydrate>
      <PageHeader title="Needs attention">
        Machines that must be decided on, could not be identified, or whose last session did not pass.
      </PageHeader>
      <ComputersTable onlyAttention />
    </Hydrate>
  );
}
