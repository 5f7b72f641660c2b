"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";

const SHOWN = 50;
/** Indents a tenant below the one it belongs to. */
const INDENT = "\u2003";

/** Tenants for a choice, as a tree. */
export function useTenantOptions(search: string, open: boolean) {
  const trpc = useTRPC();
  const { data, isPending } = useQuery({
    ...trpc.tenants.options.queryOptions({ limit: SHOWN, ...(search === "" ? {} : { search }) }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return {
    pending: isPending,
    options: (data ?? []).map((tenant) => ({
      value: tenant.id,
      label: `${search === "" ? INDENT.repeat(Math.max(0, tenant.depth)) : ""}${tenant.name}`,
      hint: tenant.kind === "msp" ? "service provider" : tenant.kind === "site" ? "site" : undefined,
    })),
  };
}
