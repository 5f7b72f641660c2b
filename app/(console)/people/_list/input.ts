import { chosenOne, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const peopleFilterKeys = ["state"];

/** The list's question to the server. */
export function peopleInput(state: ListState, tenantId: number | null) {
  return {
    ...pageInput(state, ["name", "upn", "tenant", "createdAt"], tenantId),
    archived: chosenOne(state, "state", ["archived"]) === "archived",
  };
}
