import { and, desc, eq } from "drizzle-orm";
import { deploymentRevisions, deployments, users } from "@/db/schema";
import { authorize } from "../authorize";
import { notFound } from "../errors";
import { type Call, idInput, parseInput } from "../parse";
import { inVisibleTargets } from "../targets/target-columns";
import { parameterDefinitions, withoutSecrets } from "./deployment-parameters";
import type { DeploymentRow } from "./deployment-row";

/** Every state a deployment has had, newest first. */
export async function listDeploymentRevisions({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  const [deployment] = await ctx.db
    .select({ itemId: deployments.itemId })
    .from(deployments)
    .where(and(eq(deployments.id, id), inVisibleTargets(ctx, deployments)));
  if (!deployment) throw notFound("That deployment");
  const found = await ctx.db
    .select({
      revision: deploymentRevisions.revision,
      snapshot: deploymentRevisions.snapshot,
      changedAt: deploymentRevisions.changedAt,
      changedByName: users.displayName,
    })
    .from(deploymentRevisions)
    .leftJoin(users, eq(users.id, deploymentRevisions.changedBy))
    .where(eq(deploymentRevisions.deploymentId, id))
    .orderBy(desc(deploymentRevisions.revision))
    .limit(200);
  const definitions = await parameterDefinitions(ctx, deployment.itemId);
  return found.map((row) => {
    const snapshot = row.snapshot as Snapshot;
    return { ...row, snapshot: { ...snapshot, parameters: withoutSecrets(definitions, snapshot.parameters) } };
  });
}

/** A row as JSON keeps it. */
type Snapshot = Omit<DeploymentRow, "createdAt" | "updatedAt" | "effectiveFrom" | "deletedAt"> &
  Record<"createdAt" | "updatedAt", string> &
  Record<"effectiveFrom" | "deletedAt", string | null>;
