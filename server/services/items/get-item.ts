import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import {
  deployments,
  itemOrder,
  items,
  prerequisiteItems,
  prerequisites,
  scripts,
  software,
  softwareVersions,
  taskScripts,
  tasks,
} from "@/db/schema";
import { authorize } from "../authorize";
import { notFound } from "../errors";
import { type Call, idInput, parseInput } from "../parse";

/** A software or a task with everything that is known of it. `software` is null for tasks, `task` for software. */
export async function getItem({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  const [found] = await ctx.db
    .select({ item: items, software, task: tasks, order: itemOrder })
    .from(items)
    .leftJoin(software, eq(software.itemId, items.id))
    .leftJoin(tasks, eq(tasks.itemId, items.id))
    .leftJoin(itemOrder, eq(itemOrder.itemId, items.id))
    .where(and(eq(items.id, id), isNull(items.deletedAt)));
  if (!found) throw notFound("That item");
  const versions = await ctx.db
    .select({
      version: softwareVersions.version,
      installers: softwareVersions.installers,
      releasedAt: softwareVersions.releasedAt,
      createdAt: softwareVersions.createdAt,
    })
    .from(softwareVersions)
    .where(eq(softwareVersions.itemId, id))
    .orderBy(desc(softwareVersions.id))
    .limit(200);
  const scriptSets = await ctx.db.select().from(taskScripts).where(eq(taskScripts.itemId, id));
  const needs = await ctx.db
    .select({
      id: prerequisites.id,
      appliesWhen: prerequisites.appliesWhen,
      quantifier: prerequisites.quantifier,
      requiredState: prerequisites.requiredState,
      otherwise: prerequisites.otherwise,
      itemId: items.id,
      itemName: items.name,
      minimumVersion: prerequisiteItems.minimumVersion,
      maximumVersion: prerequisiteItems.maximumVersion,
    })
    .from(prerequisites)
    .innerJoin(prerequisiteItems, eq(prerequisiteItems.prerequisiteId, prerequisites.id))
    .innerJoin(items, eq(items.id, prerequisiteItems.itemId))
    .where(eq(prerequisites.itemId, id))
    .orderBy(asc(prerequisites.id), asc(items.name));
  const scriptIds = [
    found.software?.versionScriptId,
    found.software?.upgradeScriptId,
    found.software?.repairScriptId,
    found.software?.testScriptId,
    ...scriptSets.flatMap((set) => [set.testScriptId, set.setScriptId, set.getScriptId]),
  ].filter((scriptId) => scriptId !== null && scriptId !== undefined);
  const named =
    scriptIds.length === 0
      ? []
      : await ctx.db
          .select({ id: scripts.id, name: scripts.name })
          .from(scripts)
          .where(sql`${scripts.id} in ${scriptIds}`);
  const [uses] = await ctx.db
    .select({ deploymentCount: sql<number>`count(*)::int` })
    .from(deployments)
    .where(and(eq(deployments.itemId, id), isNull(deployments.deletedAt)));
  return {
    ...found.item,
    software: found.software,
    task: found.task,
    order: found.order === null ? null : { zone: found.order.zone, position: found.order.position },
    versions,
    taskScripts: scriptSets,
    prerequisites: needs,
    scripts: named,
    deploymentCount: uses?.deploymentCount ?? 0,
  };
}
