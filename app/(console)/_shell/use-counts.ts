"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { formatNumber } from "@/app/_ui/format";
import type { CountKey } from "./navigation";
import { useTenantId } from "./tenant-scope";

interface Counted {
  readonly total: number;
  readonly totalIsAtLeast: boolean;
}
const MINUTE_MS = 60_000;
const written = (page: Counted | undefined) =>
  page === undefined ? null : `${formatNumber(page.total)}${page.totalIsAtLeast ? "+" : ""}`;

/** How many there are of what the sidebar leads to. */
export function useCounts(): Record<CountKey, string | null> {
  const trpc = useTRPC();
  const tenantId = useTenantId();
  const one = { limit: 1, tenantId };
  const options = { staleTime: MINUTE_MS };
  const tenants = useQuery(trpc.tenants.list.queryOptions(one, options)).data;
  const computers = useQuery(trpc.computers.list.queryOptions(one, options)).data;
  const attention = useQuery(trpc.computers.list.queryOptions({ ...one, needsAttention: true }, options)).data;
  const sessions = useQuery(trpc.sessions.list.queryOptions({ ...one, live: true }, options)).data;
  const deployments = useQuery(trpc.deployments.list.queryOptions(one, options)).data;
  return {
    tenants: written(tenants),
    computers: written(computers),
    attention: attention?.total === 0 ? null : written(attention),
    sessions: sessions === undefined || sessions.total === 0 ? null : `${written(sessions)} now`,
    deployments: written(deployments),
  };
}
