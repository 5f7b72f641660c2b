import type { Metadata } from "next";
import { Hydrate, prefetch, trpc } from "@/app/_trpc/server";
import { Dashboard } from "./_dashboard/dashboard";
import { openPage } from "./_shell/page-context";

export const metadata: Metadata = { title: "Dashboard" };

export default async function DashboardPage() {
  const { tenantId } = await openPage("/");
  await prefetch(trpc.dashboard.summary.queryOptions({ tenantId }));
  return (
    <Hydrate>
      <Dashboard />
    </Hydrate>
  );
}
