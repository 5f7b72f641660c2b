import { chosen, chosenId, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const emailFilterKeys = ["status", "kind", "session"];

const statuses = ["queued", "kept", "sent", "delivered", "bounced", "failed"] as const;
const kinds = ["before", "after", "postponed", "test"] as const;

/** The list's question to the server. */
export function emailsInput(state: ListState, tenantId: number | null) {
  return {
    ...pageInput(state, ["createdAt"], tenantId),
    status: chosen(state, "status", statuses),
    kind: chosen(state, "kind", kinds),
    sessionId: chosenId(state, "session"),
  };
}
