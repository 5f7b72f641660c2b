const SHOWN = 100;

/** The question for the deployments of one item. */
export const deploymentsOfItem = (itemId: number, tenantId: number | null) => ({ itemId, tenantId, limit: SHOWN });
