import { chosen, chosenFlag, chosenId, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const sessionFilterKeys = ["status", "kind", "live", "schedule", "item"];

const statuses = [
  "created",
  "pending-connectivity",
  "running",
  "pending-execution",
  "postponed",
  "passed",
  "partially-passed",
  "failed",
  "cancelled",
  "missed",
] as const;
const kinds = ["full", "detection-only", "single-item", "re-run", "onboarding"] as const;

/** The list's question to the server. `computerId` narrows it to one computer's page. */
export function sessionsInput(state: ListState, tenantId: number | null, computerId?: number) {
  return {
    ...pageInput(state, ["id", "executionAt", "computer", "endedAt"], tenantId),
    status: chosen(state, "status", statuses),
    kind: chosen(state, "kind", kinds),
    live: chosenFlag(state, "live"),
    scheduleId: chosenId(state, "schedule"),
    itemId: chosenId(state, "item"),
    computerId,
  };
}
