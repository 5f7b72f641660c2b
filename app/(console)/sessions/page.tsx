import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { sessionFilterKeys, sessionsInput } from "./_list/input";
import { SessionsTable } from "./_list/sessions-table";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/sessions");
  const state = readListState(await searchParams, sessionFilterKeys);
  await prefetch(trpc.sessions.list.queryOptions(sessionsInput(state, tenantId)));
  return (
    <Hydrate>
      <PageHeader title="Sessions" />
      <SessionsTable />
    </Hydrate>
  );
}
