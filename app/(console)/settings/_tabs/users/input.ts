import { chosenFlag, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const userFilterKeys = ["state"];

export function usersInput(state: ListState, tenantId: number | null) {
  return {
    ...pageInput(state, ["name", "lastSignInAt", "createdAt"], tenantId),
    disabled: chosenFlag(state, "state"),
  };
}
