"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { countOf } from "@/app/_ui/format";

const SHOWN = 50;

/** Tags for a choice, with what carries them. */
export function useTagOptions(search: string, open: boolean, tenantId: number | null) {
  const trpc = useTRPC();
  const { data, isPending } = useQuery({
    ...trpc.tags.list.queryOptions({ limit: SHOWN, tenantId, ...(search === "" ? {} : { search }) }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return {
    pending: isPending,
    options: (data?.rows ?? []).map((tag) => ({
      value: tag.id,
      label: tag.name,
      hint: [
        tag.computerCount > 0 ? countOf(tag.computerCount, "computer") : null,
        tag.tenantCount > 0 ? countOf(tag.tenantCount, "tenant") : null,
        tag.personCount > 0 ? countOf(tag.personCount, "person", "people") : null,
      ]
        .filter(Boolean)
        .join(", "),
    })),
  };
}
