import { chosenFlag, chosenId, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const scheduleFilterKeys = ["enabled", "deleted", "item"];

/** The list's question to the server. */
export function schedulesInput(state: ListState, tenantId: number | null) {
  return {
    ...pageInput(state, ["name", "updatedAt"], tenantId),
    enabled: chosenFlag(state, "enabled"),
    itemId: chosenId(state, "item"),
    deleted: chosenFlag(state, "deleted") === true,
  };
}
