import { and, asc, eq, isNull, ne, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { z } from "zod";
import { computers, deployments, items, people, schedules, scripts, sessions, tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { matchesSearch } from "../paging";
import { type Call, parseInput } from "../parse";
import { inVisibleTargets } from "../targets/target-columns";

export const searchEverythingInput = z.strictObject({
  query: z.string().trim().min(1, "type something to look for").max(200),
  limit: z.number().int().min(1).max(20).default(6),
  tenantId: z.number().int().positive().nullish(),
});

export const searchGroups = [
  "computer",
  "tenant",
  "person",
  "software",
  "task",
  "script",
  "schedule",
  "session",
  "deployment",
] as const;
export interface SearchHit {
  readonly kind: (typeof searchGroups)[number];
  readonly id: number;
  readonly title: string;
  readonly subtitle: string;
}

/** What ⌘K finds: a few of each kind, what begins with the text first. A number finds sessions and deployments too. */
export async function searchEverything({
  ctx,
  input: raw,
}: Call<typeof searchEverythingInput>): Promise<{ hits: SearchHit[] }> {
  authorize(ctx, "read");
  const { query, limit, tenantId } = parseInput(searchEverythingInput, raw);
  const beginsFirst = (column: SQLWrapper): SQL =>
    sql`(${column} ilike ${`${query.replace(/[\\%_]/g, (character) => `\\${character}`)}%`}) desc`;
  const number = /^#?\d{1,15}$/.test(query) ? Number(query.replace("#", "")) : null;
  const found = await Promise.all([
    ctx.db
      .select({ id: computers.id, title: computers.name, subtitle: tenants.name })
      .from(computers)
      .innerJoin(tenants, eq(tenants.id, computers.tenantId))
      .where(
        and(
          inVisibleTenants(ctx, computers.tenantId, tenantId),
          ne(computers.status, "archived"),
          matchesSearch(query, computers.name, computers.serialNumber),
        ),
      )
      .orderBy(beginsFirst(computers.name), asc(computers.name), asc(computers.id))
      .limit(limit)
      .then(tagged("computer")),
    ctx.db
      .select({ id: tenants.id, title: tenants.name, subtitle: tenants.kind })
      .from(tenants)
      .where(and(inVisibleTenants(ctx, tenants.id), isNull(tenants.archivedAt), matchesSearch(query, tenants.name)))
      .orderBy(beginsFirst(tenants.name), asc(tenants.name), asc(tenants.id))
      .limit(limit)
      .then(tagged("tenant")),
    ctx.db
      .select({ id: people.id, title: people.displayName, subtitle: people.upn })
      .from(people)
      .where(
        and(
          inVisibleTenants(ctx, people.tenantId, tenantId),
          isNull(people.archivedAt),
          matchesSearch(query, people.displayName, people.upn),
        ),
      )
      .orderBy(beginsFirst(people.displayName), asc(people.displayName), asc(people.id))
      .limit(limit)
      .then(tagged("person")),
    findItems("software"),
    findItems("task"),
    ctx.db
      .select({ id: scripts.id, title: scripts.name, subtitle: scripts.slug })
      .from(scripts)
      .where(and(isNull(scripts.deletedAt), matchesSearch(query, scripts.name, scripts.slug)))
      .orderBy(beginsFirst(scripts.name), asc(scripts.name), asc(scripts.id))
      .limit(limit)
      .then(tagged("script")),
    ctx.db
      .select({ id: schedules.id, title: schedules.name, subtitle: schedules.recurrence })
      .from(schedules)
      .where(
        and(
          inVisibleTargets(ctx, schedules, tenantId),
          isNull(schedules.deletedAt),
          matchesSearch(query, schedules.name),
        ),
      )
      .orderBy(beginsFirst(schedules.name), asc(schedules.name), asc(schedules.id))
      .limit(limit)
      .then(tagged("schedule")),
    number === null
      ? []
      : ctx.db
          .select({
            id: sessions.id,
            title: sql<string>`'Session ' || ${sessions.id}`,
            subtitle: sql<string>`coalesce(${computers.name}, '')`,
          })
          .from(sessions)
          .leftJoin(computers, eq(computers.id, sessions.computerId))
          .where(and(eq(sessions.id, number), inVisibleTenants(ctx, sessions.tenantId)))
          .then(tagged("session")),
    number === null
      ? []
      : ctx.db
          .select({
            id: deployments.id,
            title: sql<string>`'Deployment #' || ${deployments.id}`,
            subtitle: items.name,
          })
          .from(deployments)
          .innerJoin(items, eq(items.id, deployments.itemId))
          .where(and(eq(deployments.id, number), isNull(deployments.deletedAt), inVisibleTargets(ctx, deployments)))
          .then(tagged("deployment")),
  ]);
  return { hits: found.flat() };

  function findItems(kind: "software" | "task") {
    return ctx.db
      .select({ id: items.id, title: items.name, subtitle: items.publisher })
      .from(items)
      .where(and(eq(items.kind, kind), isNull(items.deletedAt), matchesSearch(query, items.name, items.publisher)))
      .orderBy(beginsFirst(items.name), asc(items.name), asc(items.id))
      .limit(limit)
      .then(tagged(kind));
  }
}

const tagged =
  (kind: SearchHit["kind"]) =>
  (found: readonly Omit<SearchHit, "kind">[]): SearchHit[] =>
    found.map((hit) => ({ kind, ...hit }));
