import { and, eq } from "drizzle-orm";
import { deploymentRevisions, deployments } from "@/db/schema";
import { authorizeAllTenants } from "../authorize";
import { notFound } from "../errors";
import { inVisibleTargets } from "../targets/target-columns";
import type { TransactionContext } from "../transaction";

export type DeploymentRow = typeof deployments.$inferSelect;

/** Locks a deployment that the actor may change. One that spans tenants is for those who see all of them. */
export async function lockDeployment(tx: TransactionContext, id: number): Promise<DeploymentRow> {
  const [row] = await tx.db
    .select()
    .from(deployments)
    .where(and(eq(deployments.id, id), inVisibleTargets(tx, deployments)))
    .for("update");
  if (!row) throw notFound("That deployment");
  if (row.scope === "cross-tenant") authorizeAllTenants(tx);
  return row;
}

/** Keeps the state that a deployment has now as a revision. */
export async function writeRevision(tx: TransactionContext, row: DeploymentRow): Promise<void> {
  await tx.db.insert(deploymentRevisions).values({
    deploymentId: row.id,
    revision: row.revision,
    snapshot: row,
    changedBy: tx.actor.kind === "user" ? tx.actor.userId : null,
    changedAt: row.updatedAt,
  });
}
