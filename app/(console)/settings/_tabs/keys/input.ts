import type { ListState } from "@/app/_ui/data-table/list-state";

export const keyFilterKeys = ["revoked"];

/** Revoked keys are shown when asked for. */
export const keysInput = (state: ListState, tenantId: number | null) => ({
  tenantId,
  includeRevoked: state.filters.revoked?.includes("yes") ?? false,
});
