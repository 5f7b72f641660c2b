import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import {
  itemOrder,
  items,
  licences,
  prerequisiteItems,
  prerequisites,
  software,
  softwareVersions,
  taskScripts,
  tasks,
} from "@/db/schema";
import type { TaskScriptSet } from "@/server/core/batch";
import type { ParameterDefinition } from "@/server/core/items";
import type { OrderEntry, Prerequisite } from "@/server/core/order";
import type { ServiceContext } from "../../context";

/** An item with everything that detecting, planning and running it takes. */
export interface LoadedItem {
  readonly row: typeof items.$inferSelect;
  readonly software: typeof software.$inferSelect | null;
  readonly versions: readonly (typeof softwareVersions.$inferSelect)[];
  readonly taskParameters: readonly ParameterDefinition[];
  readonly taskScripts: readonly TaskScriptSet[];
  readonly licenceAssigned: boolean;
}

export interface LoadedItems {
  readonly items: ReadonlyMap<number, LoadedItem>;
  readonly prerequisites: readonly Prerequisite[];
  readonly order: readonly OrderEntry[];
}

/** Loads items with all they need first, however deep, and the tasks that configure them, for a tenant's computer. */
export async function loadItems(
  ctx: ServiceContext,
  itemIds: readonly number[],
  tenantAncestorIds: readonly number[],
): Promise<LoadedItems> {
  if (itemIds.length === 0) return { items: new Map(), prerequisites: [], order: [] };
  const ids = await findNeededItems(ctx, itemIds);
  const [found, versionRows, scriptRows, prerequisiteRows, order, licenceRows] = await Promise.all([
    ctx.db
      .select({ row: items, software, taskParameters: tasks.parameters })
      .from(items)
      .leftJoin(software, eq(software.itemId, items.id))
      .leftJoin(tasks, eq(tasks.itemId, items.id))
      .where(and(inArray(items.id, ids), isNull(items.deletedAt)))
      .orderBy(items.id),
    ctx.db.select().from(softwareVersions).where(inArray(softwareVersions.itemId, ids)).orderBy(softwareVersions.id),
    ctx.db.select().from(taskScripts).where(inArray(taskScripts.itemId, ids)),
    ctx.db
      .select({ prerequisite: prerequisites, needs: prerequisiteItems })
      .from(prerequisites)
      .innerJoin(prerequisiteItems, eq(prerequisiteItems.prerequisiteId, prerequisites.id))
      .where(inArray(prerequisites.itemId, ids))
      .orderBy(prerequisites.id, prerequisiteItems.itemId),
    ctx.db.select().from(itemOrder).where(inArray(itemOrder.itemId, ids)),
    ctx.db
      .select({ itemId: licences.itemId })
      .from(licences)
      .where(
        and(
          inArray(licences.itemId, ids),
          isNull(licences.deletedAt),
          or(isNull(licences.tenantId), inArray(licences.tenantId, [...tenantAncestorIds])),
        ),
      ),
  ]);
  const versions = groupBy(versionRows, (row) => row.itemId);
  const sets = groupBy(scriptRows, (row) => row.itemId);
  const licensed = new Set(licenceRows.map((row) => row.itemId));
  return {
    items: new Map(
      found.map(({ row, software, taskParameters }) => [
        row.id,
        {
          row,
          software,
          versions: versions.get(row.id) ?? [],
          taskParameters: taskParameters ?? [],
          taskScripts: sets.get(row.id) ?? [],
          licenceAssigned: licensed.has(row.id),
        },
      ]),
    ),
    prerequisites: toPrerequisites(prerequisiteRows),
    order,
  };
}

async function findNeededItems(ctx: ServiceContext, itemIds: readonly number[]): Promise<number[]> {
  const start = sql.join(
    itemIds.map((id) => sql`(${id}::bigint)`),
    sql`, `,
  );
  const found = await rows<{ id: string | number }>(
    ctx.db,
    sql`with recursive needed(id) as (
      select id from (values ${start}) as wanted(id)
      union
      select next.id from needed, lateral (
        select pi.item_id as id from ${prerequisites} p join ${prerequisiteItems} pi on pi.prerequisite_id = p.id
        where p.item_id = needed.id
        union all
        select s.configuration_item_id from ${software} s
        where s.item_id = needed.id and s.configuration_item_id is not null
      ) next
    ) select id from needed order by id`,
  );
  return found.map((row) => Number(row.id));
}

function toPrerequisites(
  found: readonly {
    prerequisite: typeof prerequisites.$inferSelect;
    needs: typeof prerequisiteItems.$inferSelect;
  }[],
): Prerequisite[] {
  return [...groupBy(found, (row) => row.prerequisite.id).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [
      {
        ...first.prerequisite,
        items: group.map(({ needs: { itemId, minimumVersion, maximumVersion } }) => ({
          itemId,
          minimumVersion,
          maximumVersion,
        })),
      },
    ];
  });
}

function groupBy<Row>(list: readonly Row[], keyOf: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of list) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
