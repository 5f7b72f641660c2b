import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { emailFilterKeys, emailsInput } from "./_list/input";
import { OutboxTable } from "./_list/outbox-table";
import { ProviderNote } from "./provider-note";
import { SendTestButton } from "./send-test-button";

export const metadata: Metadata = { title: "Outbox" };

export default async function OutboxPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/outbox");
  const state = readListState(await searchParams, emailFilterKeys);
  await prefetch(trpc.emails.list.queryOptions(emailsInput(state, tenantId)), trpc.system.about.queryOptions());
  return (
    <Hydrate>
      <PageHeader title="Outbox" actions={<SendTestButton />}>
        Every mail that was written to somebody, word for word.
      </PageHeader>
      <ProviderNote />
      <OutboxTable />
    </Hydrate>
  );
}
