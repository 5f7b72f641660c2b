import { and, asc, eq, ne } from "drizzle-orm";
import { computers, people, tagAssignments, tags, tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound } from "../errors";
import { type Call, idInput, parseInput } from "../parse";

/** A person with the computers they are the primary person of. */
export async function getPerson({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  const [person] = await ctx.db
    .select({
      id: people.id,
      displayName: people.displayName,
      upn: people.upn,
      email: people.email,
      language: people.language,
      timeZone: people.timeZone,
      entraObjectId: people.entraObjectId,
      tenantId: people.tenantId,
      tenantName: tenants.name,
      createdAt: people.createdAt,
      archivedAt: people.archivedAt,
    })
    .from(people)
    .innerJoin(tenants, eq(tenants.id, people.tenantId))
    .where(and(eq(people.id, id), inVisibleTenants(ctx, people.tenantId)));
  if (!person) throw notFound("That person");
  const machines = await ctx.db
    .select({
      id: computers.id,
      name: computers.name,
      online: computers.online,
      lastSeenAt: computers.lastSeenAt,
      pinned: computers.primaryPersonPinned,
    })
    .from(computers)
    .where(and(eq(computers.primaryPersonId, id), ne(computers.status, "archived")))
    .orderBy(asc(computers.name), asc(computers.id))
    .limit(200);
  const assigned = await ctx.db
    .select({ id: tags.id, name: tags.name, color: tags.color })
    .from(tagAssignments)
    .innerJoin(tags, eq(tags.id, tagAssignments.tagId))
    .where(eq(tagAssignments.personId, id))
    .orderBy(asc(tags.name));
  return { ...person, computers: machines, tags: assigned };
}
