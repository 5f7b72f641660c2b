import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { NewTenantButton } from "./_dialogs/new-tenant-button";
import { tenantFilterKeys, tenantsInput } from "./_list/input";
import { TenantsTable } from "./_list/tenants-table";

export const metadata: Metadata = { title: "Tenants" };

export default async function TenantsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/tenants");
  const state = readListState(await searchParams, tenantFilterKeys);
  await prefetch(trpc.tenants.list.queryOptions(tenantsInput(state, tenantId)));
  return (
    <Hydrate>
      <PageHeader title="Tenants" actions={<NewTenantButton />}>
        The service provider, its customers, and their sites.
      </PageHeader>
      <TenantsTable />
    </Hydrate>
  );
}
