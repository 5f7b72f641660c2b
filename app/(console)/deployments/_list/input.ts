import { chosen, chosenFlag, chosenId, chosenOne, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const deploymentFilterKeys = ["state", "scope", "kind", "enabled", "deleted", "item"];

const states = [
  "installed-latest",
  "installed-specific",
  "installed-minimum",
  "installed-maximum",
  "installed-any",
  "uninstalled",
  "update-if-found",
  "ignored",
  "enforce",
  "audit",
  "monitor",
] as const;

/** The list's question to the server; `itemId` narrows it to one item's own page. */
export function deploymentsInput(state: ListState, tenantId: number | null, itemId?: number) {
  return {
    ...pageInput(state, ["item", "updatedAt", "createdAt", "id"], tenantId),
    desiredState: chosen(state, "state", states),
    scope: chosen(state, "scope", ["individual", "tenant", "cross-tenant", "tenants"]),
    itemKind: chosenOne(state, "kind", ["software", "task"]),
    enabled: chosenFlag(state, "enabled"),
    deleted: chosenFlag(state, "deleted") === true,
    itemId: itemId ?? chosenId(state, "item"),
  };
}
