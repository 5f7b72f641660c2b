import { and, desc, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { rows } from "@/db/rows";
import { agents } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { type Call, parseInput } from "../parse";

export const describeFleetInput = z.strictObject({}).optional();
const SHOWN_VERSIONS = 20;

/** What the product runs on and what runs at the machines: the database's version, and agents the actor may see by version. */
export async function describeFleet({ ctx, input: raw }: Call<typeof describeFleetInput>) {
  authorize(ctx, "read");
  parseInput(describeFleetInput, raw);
  const [server] = await rows<{ version: string }>(ctx.db, sql`select current_setting('server_version') as version`);
  const count = sql<number>`count(*)::int`;
  const agentVersions = await ctx.db
    .select({
      version: agents.version,
      count,
      connected: sql<number>`(count(*) filter (where ${agents.connected}))::int`,
    })
    .from(agents)
    .where(and(isNull(agents.revokedAt), isNull(agents.integrationId), inVisibleTenants(ctx, agents.tenantId)))
    .groupBy(agents.version)
    .orderBy(desc(count), agents.version)
    .limit(SHOWN_VERSIONS);
  return { databaseVersion: server?.version ?? null, agentVersions };
}
