"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";

const SHOWN = 50;

/** People for a choice, of one tenant where one is named. */
export function usePersonOptions(search: string, open: boolean, tenantId: number | null) {
  const trpc = useTRPC();
  const { data, isPending } = useQuery({
    ...trpc.people.list.queryOptions({ limit: SHOWN, tenantId, ...(search === "" ? {} : { search }) }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return {
    pending: isPending,
    options: (data?.rows ?? []).map((person) => ({ value: person.id, label: person.displayName, hint: person.upn })),
  };
}
