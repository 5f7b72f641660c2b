import { deployments, items, users } from "@/db/schema";
import { describeDeployment } from "@/server/core/sentence";
import { targetFields, targetOf } from "../targets/target-columns";

/** What a list says of a deployment. The query joins `items`, and left joins `tenants` and `users`. */
export const deploymentSummary = {
  id: deployments.id,
  itemId: deployments.itemId,
  itemName: items.name,
  itemKind: items.kind,
  desiredState: deployments.desiredState,
  version: deployments.version,
  ...targetFields(deployments),
  phase: deployments.phase,
  origin: deployments.origin,
  approval: deployments.approval,
  enabled: deployments.enabled,
  effectiveFrom: deployments.effectiveFrom,
  note: deployments.note,
  revision: deployments.revision,
  createdByName: users.displayName,
  createdAt: deployments.createdAt,
  updatedAt: deployments.updatedAt,
  deletedAt: deployments.deletedAt,
} as const;

type Row = Parameters<typeof targetOf>[0] &
  Pick<typeof deployments.$inferSelect, "desiredState" | "version" | "phase"> & {
    itemName: string;
    itemKind: "software" | "task";
    targetTenantName: string | null;
    targetLabel: string | null;
  };

/** The row with the sentence it makes. */
export const withSentence = <R extends Row>(row: R): R & { sentence: string } => ({
  ...row,
  sentence: describeDeployment({
    target: targetOf(row),
    desiredState: row.desiredState,
    version: row.version,
    phase: row.phase,
    item: { name: row.itemName, kind: row.itemKind },
    names: { tenant: row.targetTenantName, target: row.targetLabel },
  }),
});
