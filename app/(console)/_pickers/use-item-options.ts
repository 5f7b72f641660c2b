"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";

const SHOWN = 50;

/** Software and tasks for a choice. */
export function useItemOptions(search: string, open: boolean) {
  const trpc = useTRPC();
  const { data, isPending } = useQuery({
    ...trpc.items.list.queryOptions({ limit: SHOWN, ...(search === "" ? {} : { search }) }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return {
    pending: isPending,
    options: (data?.rows ?? []).map((item) => ({
      value: item.id,
      label: item.name,
      kind: item.kind,
      hint: [item.kind === "task" ? "task" : item.publisher, item.origin === "global" ? "global" : "yours"]
        .filter(Boolean)
        .join(" · "),
    })),
  };
}
