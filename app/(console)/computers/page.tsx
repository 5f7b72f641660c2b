import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { ButtonLink } from "@/app/_ui/button";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { AddComputerButton } from "./_dialogs/add-computer-button";
import { ComputersTable } from "./_list/computers-table";
import { computerFilterKeys, computersInput } from "./_list/input";

export const metadata: Metadata = { title: "Computers" };

export default async function ComputersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/computers");
  const state = readListState(await searchParams, computerFilterKeys);
  await prefetch(trpc.computers.list.queryOptions(computersInput(state, tenantId)));
  return (
    <Hydrate>
      <PageHeader title="Computers" actions={<AddComputerButton />} />
      <ComputersTable
        addButton={
          <ButtonLink look="primary" href="/computers?add=true">
            Add a computer
          </ButtonLink>
        }
      />
    </Hydrate>
  );
}
