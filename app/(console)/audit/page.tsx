import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { AuditTable } from "./_list/audit-table";
import { auditFilterKeys, auditInput } from "./_list/input";
import { VerifyChainButton } from "./verify-chain-button";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/audit");
  const state = readListState(await searchParams, auditFilterKeys);
  await prefetch(trpc.audit.list.queryOptions(auditInput(state, tenantId)));
  return (
    <Hydrate>
      <PageHeader title="Audit log" actions={<VerifyChainButton />}>
        Who changed what, before and after, from where. Entries are chained by hash, so that a change afterwards shows.
      </PageHeader>
      <AuditTable />
    </Hydrate>
  );
}
