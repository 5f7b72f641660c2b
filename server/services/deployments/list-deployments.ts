import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { deployments, items, tenants, users } from "@/db/schema";
import { deploymentScopes, desiredStates } from "@/server/core/deployments";
import { authorize } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";
import { inVisibleTargets } from "../targets/target-columns";
import { deploymentSummary, withSentence } from "./deployment-columns";

export const listDeploymentsInput = listInput(["item", "updatedAt", "createdAt", "id"], {
  itemId: z.number().int().positive().optional(),
  itemKind: z.enum(["software", "task"]).optional(),
  desiredState: z.array(z.enum(desiredStates)).optional(),
  scope: z.array(z.enum(deploymentScopes)).optional(),
  enabled: z.boolean().optional(),
  /** True shows the deleted ones, which can be restored, and no others. */
  deleted: z.boolean().default(false),
});

/** Deployments the actor may see, each with its sentence. */
export async function listDeployments({ ctx, input: raw }: Call<typeof listDeploymentsInput>) {
  authorize(ctx, "read");
  const input = parseInput(listDeploymentsInput, raw);
  const paging = startPaging(
    input,
    { item: items.name, updatedAt: deployments.updatedAt, createdAt: deployments.createdAt, id: deployments.id },
    deployments.id,
    { by: "updatedAt", descending: true },
  );
  const filter = and(
    inVisibleTargets(ctx, deployments, input.tenantId),
    input.deleted ? isNotNull(deployments.deletedAt) : isNull(deployments.deletedAt),
    input.itemId === undefined ? undefined : eq(deployments.itemId, input.itemId),
    input.itemKind === undefined ? undefined : eq(items.kind, input.itemKind),
    input.desiredState?.length ? inArray(deployments.desiredState, input.desiredState) : undefined,
    input.scope?.length ? inArray(deployments.scope, input.scope) : undefined,
    input.enabled === undefined ? undefined : eq(deployments.enabled, input.enabled),
    matchesSearch(input.search, items.name, tenants.name, deployments.note, sql`${deployments.id}::text`),
  );
  const rows = await ctx.db
    .select({ ...deploymentSummary, pageKey: paging.pageKey })
    .from(deployments)
    .innerJoin(items, eq(items.id, deployments.itemId))
    .leftJoin(tenants, eq(tenants.id, deployments.targetTenantId))
    .leftJoin(users, eq(users.id, deployments.createdBy))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(deployments)
    .innerJoin(items, eq(items.id, deployments.itemId))
    .leftJoin(tenants, eq(tenants.id, deployments.targetTenantId))
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows.map(withSentence), await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
