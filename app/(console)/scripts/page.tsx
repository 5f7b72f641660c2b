import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { scriptFilterKeys, scriptsInput } from "./_list/input";
import { ScriptsTable } from "./_list/scripts-table";

export const metadata: Metadata = { title: "Scripts" };

export default async function ScriptsPage({ searchParams }: { searchParams: Promise<Query> }) {
  await openPage("/scripts");
  const state = readListState(await searchParams, scriptFilterKeys);
  await prefetch(trpc.scripts.list.queryOptions(scriptsInput(state)));
  return (
    <Hydrate>
      <PageHeader title="Scripts">What software and tasks are made of. Every version of each is kept.</PageHeader>
      <ScriptsTable />
    </Hydrate>
  );
}
