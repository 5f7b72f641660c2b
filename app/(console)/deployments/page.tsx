import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { ButtonLink } from "@/app/_ui/button";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { IfMay } from "../_shell/signed-in";
import { DeploymentsTable } from "./_list/deployments-table";
import { deploymentFilterKeys, deploymentsInput } from "./_list/input";

export const metadata: Metadata = { title: "Deployments" };

export default async function DeploymentsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/deployments");
  const state = readListState(await searchParams, deploymentFilterKeys);
  await prefetch(trpc.deployments.list.queryOptions(deploymentsInput(state, tenantId)));
  return (
    <Hydrate>
      <PageHeader
        title="Deployments"
        actions={
          <IfMay permission="operate">
            <ButtonLink look="primary" href="/deployments/new">
              <Plus aria-hidden /> New deployment
            </ButtonLink>
          </IfMay>
        }
      />
      <DeploymentsTable />
    </Hydrate>
  );
}
