import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { people, tagAssignments, tags, tenantContacts, tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound } from "../errors";
import { type Call, idInput, parseInput } from "../parse";
import { tenantCounts } from "./tenant-counts";

/** A tenant with its place in the tree, who is told, and its tags. */
export async function getTenant({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  const parent = alias(tenants, "parent");
  const [tenant] = await ctx.db
    .select({
      id: tenants.id,
      name: tenants.name,
      slug: tenants.slug,
      kind: tenants.kind,
      parentId: tenants.parentId,
      parentName: parent.name,
      timeZone: tenants.timeZone,
      optsOutOfCrossTenant: tenants.optsOutOfCrossTenant,
      ancestorIds: tenants.ancestorIds,
      createdAt: tenants.createdAt,
      archivedAt: tenants.archivedAt,
      ...tenantCounts,
    })
    .from(tenants)
    .leftJoin(parent, eq(parent.id, tenants.parentId))
    .where(and(eq(tenants.id, id), inVisibleTenants(ctx, tenants.id)));
  if (!tenant) throw notFound("That tenant");
  const brief = { id: tenants.id, name: tenants.name, kind: tenants.kind };
  const ancestors = await ctx.db
    .select(brief)
    .from(tenants)
    .where(
      and(
        sql`${tenants.id} in (select unnest(ancestor_ids) from tenants where id = ${id})`,
        inVisibleTenants(ctx, tenants.id),
      ),
    )
    .orderBy(asc(sql`cardinality(${tenants.ancestorIds})`));
  const children = await ctx.db
    .select(brief)
    .from(tenants)
    .where(and(eq(tenants.parentId, id), isNull(tenants.archivedAt)))
    .orderBy(asc(tenants.name), asc(tenants.id))
    .limit(200);
  const contacts = await ctx.db
    .select({ personId: people.id, name: people.displayName, upn: people.upn, email: people.email })
    .from(tenantContacts)
    .innerJoin(people, eq(people.id, tenantContacts.personId))
    .where(eq(tenantContacts.tenantId, id))
    .orderBy(asc(people.displayName), asc(people.id));
  const assigned = await ctx.db
    .select({ id: tags.id, name: tags.name, color: tags.color })
    .from(tagAssignments)
    .innerJoin(tags, eq(tags.id, tagAssignments.tagId))
    .where(eq(tagAssignments.tenantId, id))
    .orderBy(asc(tags.name));
  return { ...tenant, ancestors: ancestors.filter((each) => each.id !== id), children, contacts, tags: assigned };
}
