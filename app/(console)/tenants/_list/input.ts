import { chosen, chosenOne, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const tenantFilterKeys = ["kind", "state"];

const kinds = ["msp", "customer", "site"] as const;

/** The list's question to the server. */
export function tenantsInput(state: ListState, tenantId: number | null) {
  return {
    ...pageInput(state, ["name", "createdAt"], tenantId),
    kind: chosen(state, "kind", kinds),
    archived: chosenOne(state, "state", ["archived"]) === "archived",
  };
}
