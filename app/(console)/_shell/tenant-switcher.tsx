"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Combobox } from "@/app/_ui/combobox";
import { useTenantOptions } from "../_pickers/use-tenant-options";
import { useTenantScope } from "./tenant-scope";

/** Which tenant everything is about. */
export function TenantSwitcher() {
  const trpc = useTRPC();
  const { tenantId, choose } = useTenantScope();
  const { data } = useQuery(trpc.tenants.get.queryOptions({ id: tenantId ?? 0 }, { enabled: tenantId !== null }));
  return (
    <Combobox
      label={tenantId === null ? "Tenant: all tenants" : `Tenant: ${data?.name ?? ""}`}
      value={tenantId}
      display={data?.name ?? "…"}
      placeholder="All tenants"
      clearLabel="All tenants"
      useOptions={useTenantOptions}
      onChange={(option) => choose(option?.value ?? null)}
      icon={<Building2 aria-hidden className="size-3.5 flex-none text-ink-3" />}
      className="w-auto max-w-[200px] min-w-0 shrink border-line bg-panel font-[540] [&_.text-ink-3]:text-ink"
    />
  );
}
