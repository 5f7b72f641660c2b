import { chosenOne, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const auditFilterKeys = ["entity", "by", "only"];
export const auditedEntities = [
  "agent",
  "branding",
  "computer",
  "deployment",
  "email",
  "enrollment-key",
  "person",
  "schedule",
  "session",
  "setting",
  "tag",
  "tenant",
  "user",
] as const;

export const actorKinds = ["user", "recipient", "agent", "system"] as const;

/** The list's question to the server; `of` narrows it to one thing's own page. */
export function auditInput(state: ListState, tenantId: number | null, of?: { entity: string; entityId: string }) {
  return {
    ...pageInput(state, ["id"], tenantId),
    entity: of?.entity ?? chosenOne(state, "entity", auditedEntities),
    actorKind: chosenOne(state, "by", actorKinds),
    entityId: of?.entityId ?? state.filters.only?.[0],
  };
}
