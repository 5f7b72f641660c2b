import { and, eq } from "drizzle-orm";
import { deployments, items, tenants, users } from "@/db/schema";
import { authorize } from "../authorize";
import { notFound } from "../errors";
import { type Call, idInput, parseInput } from "../parse";
import { inVisibleTargets } from "../targets/target-columns";
import { deploymentSummary, withSentence } from "./deployment-columns";
import { parameterDefinitions, withoutSecrets } from "./deployment-parameters";

/** A deployment with its parameters; secret ones are only said to be set. */
export async function getDeployment({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  const [found] = await ctx.db
    .select({ ...deploymentSummary, parameters: deployments.parameters })
    .from(deployments)
    .innerJoin(items, eq(items.id, deployments.itemId))
    .leftJoin(tenants, eq(tenants.id, deployments.targetTenantId))
    .leftJoin(users, eq(users.id, deployments.createdBy))
    .where(and(eq(deployments.id, id), inVisibleTargets(ctx, deployments)));
  if (!found) throw notFound("That deployment");
  const definitions = await parameterDefinitions(ctx, found.itemId);
  return withSentence({ ...found, parameters: withoutSecrets(definitions, found.parameters) });
}
