import { chosen, chosenFlag, chosenId, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const computerFilterKeys = ["status", "online", "os", "class", "reboot", "excluded", "attention", "tag"];

const statuses = [
  "identifying",
  "needs-onboarding",
  "onboarding",
  "onboarded",
  "needs-decision",
  "failed",
  "archived",
] as const;
const classes = ["workstation", "portable", "server", "domain-controller", "primary-domain-controller"] as const;

/** The list's question to the server. Asked with the same words on both sides, so that what is read ahead is used. */
export function computersInput(state: ListState, tenantId: number | null, onlyAttention = false) {
  return {
    ...pageInput(state, ["name", "tenant", "lastSeenAt", "os", "createdAt"], tenantId),
    status: chosen(state, "status", statuses),
    online: chosenFlag(state, "online"),
    osFamily: chosen(state, "os", ["linux", "windows", "macos"]),
    deviceClass: chosen(state, "class", classes),
    pendingReboot: chosenFlag(state, "reboot"),
    excluded: chosenFlag(state, "excluded"),
    needsAttention: onlyAttention || chosenFlag(state, "attention") === true ? true : undefined,
    tagId: chosenId(state, "tag"),
  };
}
