import { and, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { computerStatuses, computers, deviceClasses, people, tagAssignments, tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";
import { computerSummary, lastSessionOf } from "./computer-columns";

export const computerFilters = {
  status: z.array(z.enum(computerStatuses)).optional(),
  online: z.boolean().optional(),
  osFamily: z.array(z.enum(["linux", "windows", "macos"])).optional(),
  deviceClass: z.array(z.enum(deviceClasses)).optional(),
  pendingReboot: z.boolean().optional(),
  excluded: z.boolean().optional(),
  tagId: z.number().int().positive().optional(),
  personId: z.number().int().positive().optional(),
  /** Needs a decision, failed to be identified, or its last session did not pass. */
  needsAttention: z.boolean().optional(),
};
export const listComputersInput = listInput(["name", "tenant", "lastSeenAt", "os", "createdAt"], computerFilters);

/** Computers the actor may see; archived ones only when their status is asked for. */
export async function listComputers({ ctx, input: raw }: Call<typeof listComputersInput>) {
  authorize(ctx, "read");
  const input = parseInput(listComputersInput, raw);
  const paging = startPaging(
    input,
    {
      name: computers.name,
      tenant: tenants.name,
      lastSeenAt: computers.lastSeenAt,
      os: computers.osName,
      createdAt: computers.createdAt,
    },
    computers.id,
    { by: "name", descending: false },
  );
  const filter = computerFilter(ctx, input);
  const last = lastSessionOf(ctx.db);
  const rows = await ctx.db
    .select({
      ...computerSummary,
      lastSession: { id: last.id, status: last.status, endedAt: last.endedAt },
      pageKey: paging.pageKey,
    })
    .from(computers)
    .innerJoin(tenants, eq(tenants.id, computers.tenantId))
    .leftJoin(people, eq(people.id, computers.primaryPersonId))
    .leftJoinLateral(last, sql`true`)
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(computers)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}

type Filters = Omit<z.output<typeof listComputersInput>, "limit" | "direction" | "sort" | "cursor">;

/** The list's condition, for bulk work and exports over the same rows. */
export function computerFilter(ctx: ServiceContext, input: Filters): SQL | undefined {
  return and(
    inVisibleTenants(ctx, computers.tenantId, input.tenantId),
    input.status?.length ? inArray(computers.status, input.status) : ne(computers.status, "archived"),
    input.online === undefined ? undefined : eq(computers.online, input.online),
    input.osFamily?.length ? inArray(computers.osFamily, input.osFamily) : undefined,
    input.deviceClass?.length ? inArray(computers.deviceClass, input.deviceClass) : undefined,
    input.pendingReboot === undefined ? undefined : eq(computers.pendingReboot, input.pendingReboot),
    input.excluded === undefined ? undefined : eq(computers.excludedFromMaintenance, input.excluded),
    input.personId === undefined ? undefined : eq(computers.primaryPersonId, input.personId),
    input.tagId === undefined
      ? undefined
      : sql`exists (select 1 from ${tagAssignments} a where a.computer_id = ${computers.id} and a.tag_id = ${input.tagId})`,
    input.needsAttention === true
      ? sql`(${computers.status} in ('needs-decision', 'failed') or (select s.status from sessions s where s.computer_id = ${computers.id} and s.ended_at is not null order by s.id desc limit 1) in ('failed', 'partially-passed'))`
      : undefined,
    input.search
      ? or(
          matchesSearch(input.search, computers.name, computers.serialNumber),
          // As a set of its own, so that names are searched once and not once a computer.
          sql`${computers.primaryPersonId} in (select ${people.id} from ${people} where ${matchesSearch(input.search, people.displayName)})`,
        )
      : undefined,
  );
}
