import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { NewPersonButton } from "./_dialogs/new-person-button";
import { peopleFilterKeys, peopleInput } from "./_list/input";
import { PeopleTable } from "./_list/people-table";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/people");
  const state = readListState(await searchParams, peopleFilterKeys);
  await prefetch(trpc.people.list.queryOptions(peopleInput(state, tenantId)));
  return (
    <Hydrate>
      <PageHeader title="People" actions={<NewPersonButton />} />
      <PeopleTable />
    </Hydrate>
  );
}
