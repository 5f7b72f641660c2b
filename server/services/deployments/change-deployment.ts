import { eq, sql } from "drizzle-orm";
import { deployments } from "@/db/schema";
import { audit } from "../audit";
import type { TransactionContext } from "../transaction";
import { type DeploymentRow, writeRevision } from "./deployment-row";

/** Sets a part of a locked deployment as its next revision and writes it to the audit log. */
export async function changeDeployment(
  tx: TransactionContext,
  before: DeploymentRow,
  action: "enable" | "disable" | "remove" | "restore",
  change: Partial<Pick<DeploymentRow, "enabled" | "deletedAt">>,
): Promise<void> {
  const [row] = await tx.db
    .update(deployments)
    .set({ ...change, revision: sql`${deployments.revision} + 1`, updatedAt: tx.clock.now() })
    .where(eq(deployments.id, before.id))
    .returning();
  if (!row) throw new Error("A locked deployment was not updated");
  await writeRevision(tx, row);
  await audit(tx, {
    action: `deployment.${action}`,
    entity: "deployment",
    entityId: row.id,
    tenantId: row.targetTenantId,
    before,
    after: row,
  });
}
