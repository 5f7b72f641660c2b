"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useTenantId } from "../_shell/tenant-scope";

const SHOWN = 50;

/** Computers for a choice, of the tenant that is looked at. */
export function useComputerOptions(search: string, open: boolean) {
  const trpc = useTRPC();
  const tenantId = useTenantId();
  const { data, isPending } = useQuery({
    ...trpc.computers.list.queryOptions({ limit: SHOWN, tenantId, ...(search === "" ? {} : { search }) }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return {
    pending: isPending,
    options: (data?.rows ?? []).map((computer) => ({
      value: computer.id,
      label: computer.name,
      hint: computer.tenantName,
    })),
  };
}
